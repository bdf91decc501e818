"""One database per size, made beside the one of DATABASE_URL and kept for the next run."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from bench.crowd import multiply

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / ".bench"
PLAYED = 1_000  # dossiers whose round is played by the product itself; above, they are copied


def environment(size: int) -> dict[str, str]:
    """DEBUG is off, as in production; only the redirection to HTTPS is left to the client."""
    return {
        **os.environ,
        "DATABASE_URL": address(size),
        "DEBUG": "0",
        "EMAIL_URL": "outbox://",
        "ALLOWED_HOSTS": "testserver",
        "STATIC_ROOT": str(FOLDER / "static"),
        "STORAGE_URL": str(FOLDER / f"media-{size}"),
        "LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }


def address(size: int) -> str:
    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"/bench_{size}"))


def prepare(size: int, *, afresh: bool) -> None:
    """Make the database of this size unless it is there; build its world."""
    if size > PLAYED:
        prepare(PLAYED, afresh=False)
        played = f"bench_{PLAYED}"
    else:
        played = "template1"
    exists = create(f"bench_{size}", afresh=afresh, like=played)
    if not (FOLDER / "static" / "staticfiles.json").exists():
        manage(size, "collectstatic", "--no-input", "-v0")
    if exists:
        return
    if size <= PLAYED:
        manage(size, "migrate", "-v0")
        manage(size, "demo", "--force", "--dossiers", str(size))
    multiply(address(size), max(size // PLAYED, 1))


def create(name: str, *, afresh: bool, like: str = "template1") -> bool:
    """True when it was there already; else a copy of `like`."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        if afresh:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if known.fetchone():
            return True
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {like}")
        return False


def manage(size: int, *words: str) -> None:
    command = [sys.executable, "manage.py", *words]
    subprocess.run(  # noqa: S603 - our own interpreter and commands
        command, cwd=ROOT, env=environment(size), check=True, stdout=subprocess.DEVNULL
    )
