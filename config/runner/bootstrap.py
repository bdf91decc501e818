"""Makes `.venv` from the locked, hashed requirements, and remembers what it was made from."""

import hashlib
import importlib.util
import json
import os
import shutil
import sys

from config.runner.console import FULL_DISK, Failure, say, timed
from config.runner.processes import call
from config.runner.workspace import ROOT, RUN, exclusive

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "stamp.json"
UV_LOCK = ROOT / "config" / "runner" / "uv.txt"
LOCKS = {"runtime": "requirements.txt", "dev": "requirements-dev.txt"}
NO_VENV = "Le module venv de Python manque : installez-le (apt-get install python3-venv)."
NO_NETWORK = (
    "L’index des paquets Python est injoignable : vérifiez la connexion (ou PIP_INDEX_URL), "
    "puis relancez la même commande."
)
UNREACHABLE = (
    "Connection refused",
    "ConnectTimeoutError",
    "Failed to establish a new connection",
    "Network is unreachable",
    "Read timed out",
    "Temporary failure in name resolution",
    "client error (Connect)",
    "dns error",
    "error sending request",
    "operation timed out",
)


def fingerprint(root, wanted):
    """What an environment is made from; the development set contains the other one."""
    names = ["runtime", "dev"] if wanted == "dev" else ["runtime"]
    locks = {name: hashlib.sha256((root / LOCKS[name]).read_bytes()).hexdigest() for name in names}
    return {"python": sys.version.split()[0], **locks}


def recorded(stamp):
    try:
        return json.loads(stamp.read_text())
    except (OSError, ValueError):
        return {}


def is_current(stamp, wanted):
    """Every line asked for is recorded; more than asked for is fine."""
    return wanted.items() <= recorded(stamp).items()


def ensure(wanted="runtime"):
    """Bring `.venv` to the lock files; do nothing when it is there already."""
    RUN.mkdir(mode=0o711, exist_ok=True)
    with exclusive(RUN / "bootstrap.lock", wait=True):
        if is_current(STAMP, fingerprint(ROOT, wanted)) and PYTHON.exists():
            return
        if "dev" in recorded(STAMP):
            wanted = "dev"
        say("Préparation de l’environnement Python (une seule fois)…")
        make(wanted)
        STAMP.write_text(json.dumps(fingerprint(ROOT, wanted)))


def make(wanted):
    if recorded(STAMP).get("python") != sys.version.split()[0]:
        with timed("environnement"):
            make_venv()
    STAMP.unlink(missing_ok=True)
    with timed("paquets"):
        install(ROOT / LOCKS[wanted])


def make_venv():
    if importlib.util.find_spec("ensurepip") is None:
        raise Failure(NO_VENV)
    status, output = call([sys.executable, "-m", "venv", "--clear", VENV], env=installer_env())
    if status:
        raise Failure(NO_VENV if "ensurepip" in output else reason(output))


def install(lock):
    """Let uv install; where there is no uv for this machine, pip does the same more slowly."""
    pip = [
        PYTHON,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "--retries",
        "2",
        "--timeout",
        "15",
        "install",
        "-q",
    ]
    status, output = call([*pip, "--require-hashes", "-r", UV_LOCK], env=installer_env())
    if not status:
        program = [VENV / "bin" / "uv", "pip", "install", "-q", "--python", PYTHON]
    elif "No matching distribution" in output and not unreachable(output):
        program = [*pip, "--no-compile"]
    else:
        raise Failure(reason(output))
    status, output = call([*program, "--require-hashes", "-r", lock], env=installer_env())
    if status:
        raise Failure(reason(output))


def installer_env():
    """Our variables, with the mirror and certificates set for pip passed on to uv."""
    env = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "UV_HTTP_RETRIES": "2"}
    for ours, theirs in (("PIP_INDEX_URL", "UV_DEFAULT_INDEX"), ("PIP_CERT", "SSL_CERT_FILE")):
        if ours in env:
            env.setdefault(theirs, env[ours])
    return env


def unreachable(output):
    return any(sign in output for sign in UNREACHABLE)


def reason(output):
    """Why an installation failed, in one sentence; the details go to a file."""
    if "No space left on device" in output or "os error 28" in output:
        return FULL_DISK
    if unreachable(output):
        return NO_NETWORK
    log = RUN / "install.log"
    log.write_text(output)
    if "hash" in output.lower() and "match" in output.lower():
        return f"Un paquet téléchargé n’a pas l’empreinte attendue ; voir {log}."
    return f"L’installation des paquets a échoué ; voir {log}."


def program(name):
    """A program of the environment, else a plain sentence rather than a traceback."""
    path = shutil.which(name, path=str(VENV / "bin"))
    if path is None:
        raise Failure(f"Le programme {name} manque dans .venv : supprimez .venv et relancez.")
    return path
