"""`./run`: the whole platform on this machine, from nothing to a page in the browser."""

import hashlib
import json
import signal
import socket
import urllib.error
import urllib.request
from pathlib import Path

from config.runner import bootstrap, environment, servers
from config.runner.console import Failure, identities_table, say, show, timed
from config.runner.postgres import free_port
from config.runner.processes import call
from config.runner.supervisor import Supervisor
from config.runner.workspace import ROOT, Workspace, write_private

HOST = "127.0.0.1"


def serve(port, *, demo):
    """Set up, start, announce, then watch until asked to stop or a part dies."""
    refuse_taken(port)
    bootstrap.ensure()
    with Workspace("dev").claimed() as workspace, Supervisor(workspace.logs) as supervisor:
        say("Démarrage…")
        running = servers.start(supervisor, workspace, durable=True)
        settings = environment.local(workspace, workspace.secrets()["secret_key"], port)
        env = environment.for_site(settings, running.addresses)
        servers.migrate(running, workspace, env)
        collect_static(workspace, env)
        if demo:
            load_demonstration(workspace, env)
        with timed("site"):
            start_site(supervisor, workspace, env, port)
        announce(workspace, port)
        supervisor.watch()


def refuse_taken(port):
    if is_free(port):
        return
    raise Failure(
        f"Le port {port} est déjà pris par un autre programme : "
        f"essayez ./run --port {suggest(port)}"
    )


def is_free(port):
    """Free to listen on, even a moment after another server left it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def suggest(port):
    nearby = (other for other in range(port + 1, min(port + 50, 65536)) if is_free(other))
    return next(nearby, None) or free_port()


def collect_static(workspace, env):
    """Compressing them takes seconds: only when a file or a package changed."""
    digest = static_digest(ROOT, bootstrap.STAMP)
    marker = workspace.home / "static.digest"
    collected = Path(env["STATIC_ROOT"]) / "staticfiles.json"
    if collected.exists() and marker.exists() and marker.read_text() == digest:
        return
    with timed("fichiers statiques"):
        servers.manage(workspace, env, "collectstatic", "--no-input")
    marker.write_text(digest)


def static_digest(root, stamp):
    """Changes when one of our files does, or the packages that bring theirs."""
    digest = hashlib.sha256(stamp.read_bytes())
    for path in sorted(root.glob("*/static/**/*")):
        if path.is_file():
            size, changed = path.stat().st_size, path.stat().st_mtime_ns
            digest.update(f"{path.relative_to(root)} {size} {changed}\n".encode())
    return digest.hexdigest()


def load_demonstration(workspace, env):
    """Once per database; the marker is written only after success."""
    marker = workspace.demonstration
    database = own_or_digest(environment.given().get("DATABASE_URL"))
    if marker.exists() and marker.read_text() == database:
        return
    with timed("monde de démonstration"):
        log = workspace.logs / "demo.log"
        with log.open("wb") as complaints:
            status, output = call(
                [bootstrap.PYTHON, "manage.py", "demo", "--json"],
                env=env, cwd=ROOT, stderr=complaints,
            )  # fmt: skip
        if status:
            raise Failure(
                f"La commande « demo » a échoué ; voir {log} (./run --no-demo s’en passe)."
            )
    write_private(workspace.identities, json.loads(output))
    marker.write_text(database)


def own_or_digest(address):
    return hashlib.sha256(address.encode()).hexdigest() if address else "own"


def start_site(supervisor, workspace, env, port):
    """Web, worker and beat together; ready when the health page says so."""
    celery = [bootstrap.program("celery"), "-A", "config"]
    web = [
        bootstrap.program("gunicorn"), "config.wsgi", "--bind", f"{HOST}:{port}",
        "--threads", "8", "--graceful-timeout", "5", "--no-control-socket",
        "--access-logfile", "-",
    ]  # fmt: skip
    worker = [
        *celery, "worker", "--concurrency", "2", "--loglevel", "INFO",
        "--without-gossip", "--without-mingle",
    ]  # fmt: skip
    beat = [*celery, "beat", "--schedule", workspace.home / "beat-schedule", "--pidfile="]
    options = {"env": environment.without_sealer(env), "cwd": ROOT, "stop_with": signal.SIGTERM}
    sealing = {**options, "env": env}
    supervisor.start("Le serveur web", web, log="web", **options)
    supervisor.start("Le traitement des tâches (worker)", worker, log="worker", **sealing)
    supervisor.start("L’horloge des tâches (beat)", beat, log="beat", **options)
    supervisor.wait_until(
        lambda: is_healthy(port),
        seconds=90,
        otherwise=f"Le site ne répond pas après 90 secondes ; voir {workspace.logs / 'web.log'}.",
    )


def is_healthy(port):
    """Ask the site itself, never through a proxy."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://{HOST}:{port}/health/ready", timeout=5) as answer:
            return answer.status == 200
    except (OSError, urllib.error.URLError):
        return False


def announce(workspace, port):
    if workspace.identities.exists():
        show("\nComptes de démonstration :")
        show(identities_table(json.loads(workspace.identities.read_text())["identities"]))
    show(f"\nJournaux : {workspace.logs}   Arrêter : Ctrl-C")
    show(f"ready: http://{HOST}:{port}/")
