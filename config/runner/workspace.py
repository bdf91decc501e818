"""Where one use of the checkout (`dev` or `test`) keeps its secrets, logs, servers and lock."""

import fcntl
import json
import os
import secrets
from contextlib import contextmanager
from pathlib import Path

from config.runner.console import Failure, say
from config.runner.processes import pause

ROOT = Path(__file__).resolve().parents[2]
RUN = ROOT / ".run"
SECRETS = ("secret_key", "admin", "owner", "web", "sealer", "broker")


class Workspace:
    def __init__(self, name, run=RUN):
        self.name = name
        self.home = run / name
        self.logs = self.home / "logs"
        self.services = self.home / "services.json"
        self.identities = self.home / "identities.json"
        self.demonstration = self.home / "demonstration"
        self.migrated = self.home / "migrated"
        self.static = self.home / "static"

    @contextmanager
    def claimed(self):
        """Hold the workspace alone; a second launcher is refused by name."""
        for folder in (self.home.parent, self.home, self.logs):
            folder.mkdir(exist_ok=True)
            folder.chmod(0o711)  # PostgreSQL's own user passes through, and lists nothing
        with exclusive(self.home / "lock"):
            try:
                yield self
            finally:
                self.services.unlink(missing_ok=True)

    def secrets(self):
        """Passwords and keys made once, readable by their owner alone."""
        path = self.home / "secrets.json"
        known = json.loads(path.read_text()) if path.exists() else {}
        missing = {name: secrets.token_urlsafe(40) for name in SECRETS if name not in known}
        if missing:
            write_private(path, known := {**known, **missing})
        return known

    def forget(self):
        """The database starts from nothing: so does what we knew of it."""
        for path in (self.identities, self.demonstration, self.migrated):
            path.unlink(missing_ok=True)

    def publish(self, addresses):
        """Tell `./run manage` which servers are running."""
        write_private(self.services, addresses)

    def running(self):
        """Addresses of the servers another launcher holds, or nothing."""
        lock = self.home / "lock"
        if not lock.exists() or not self.services.exists() or not is_held(lock):
            return None
        return json.loads(self.services.read_text())


def write_private(path, content):
    """Replace the file in one step; nobody else ever reads a part of it."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(content, file, ensure_ascii=False, indent=1)
    fresh.replace(path)


@contextmanager
def exclusive(path, *, wait=False):
    """Hold a lock the kernel drops with the process, even a killed one."""
    with path.open("a+") as file:
        if not grab(file):
            if not wait:
                raise Failure(busy(path, file))
            say("Une autre commande prépare l’environnement ; elle passe d’abord…")
            while not grab(file):
                pause()
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def grab(file):
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_held(path):
    with path.open("a+") as file:
        return not grab(file)


def busy(path, file):
    file.seek(0)
    return (
        f"Le dossier {path.parent} est déjà utilisé par un autre ./run "
        f"(processus {file.read().strip() or 'inconnu'}) : arrêtez-le d’abord."
    )
