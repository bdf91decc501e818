"""A private PostgreSQL: one cluster per workspace, passwords, an owner and a runtime role.

The web and the worker own no table: what a runtime role cannot alter, a stolen session cannot.
"""

import os
import shutil
import signal
import socket
import time
from dataclasses import dataclass
from pathlib import Path

from config.runner import programs
from config.runner.console import FULL_DISK, Failure
from config.runner.processes import call
from config.runner.supervisor import SERVERS

DATABASE, ADMIN, OWNER, RUNTIME = "appel", "postgres", "app_owner", "app_web"
SEALER = "app_sealer"
ENCODING = [
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=PG_UNICODE_FAST",
]
SETTINGS = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "timezone": "UTC"}
# Tests throw their data away: nothing to protect from a power cut.
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
ROLES_SQL = f"""
CREATE ROLE {RUNTIME} LOGIN PASSWORD '{{web}}';
CREATE ROLE {OWNER} LOGIN CREATEDB PASSWORD '{{owner}}' IN ROLE {RUNTIME};
CREATE DATABASE {DATABASE} OWNER {OWNER};
"""
# Emptying the tables between two tests without their triggers: never where data is kept.
THROWAWAY_SQL = f"GRANT SET ON PARAMETER session_replication_role TO {OWNER};"
# The role that seals the history came later than the first clusters: made where it is missing.
SEALER_SQL = f"""
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{SEALER}') THEN
    CREATE ROLE {SEALER} LOGIN PASSWORD '{{sealer}}';
    GRANT {SEALER} TO {OWNER};
  END IF;
END $$;
"""


@dataclass
class Cluster:
    """Files, programs and passwords of one PostgreSQL; `port` is known once it runs."""

    workspace: object
    secrets: dict
    durable: bool
    port: int = 0

    def __post_init__(self):
        self.user = programs.unprivileged_user()
        self.bin = programs.postgres_programs(self.user)
        self.place = self.find_place()
        self.files = self.place / "cluster"
        self.made = self.workspace.home / "postgres.made"

    def find_place(self):
        """Inside the checkout when the server's user can reach it."""
        home = self.workspace.home
        if self.user and not all(folder.stat().st_mode & 0o001 for folder in home.parents):
            home = programs.private_state() / self.workspace.name
        return home / "postgres"

    def start(self, supervisor):
        fresh = not (self.made.exists() and (self.files / "PG_VERSION").exists())
        if fresh:
            self.initialise()
        wait_for_the_previous_one(self.files / "postmaster.pid")
        self.port = free_port()
        supervisor.start(
            "PostgreSQL", self.command(), log="postgres", stage=SERVERS,
            stop_with=signal.SIGINT, cwd="/", **self.user,
        )  # fmt: skip
        supervisor.wait_until(
            self.answers, seconds=60, otherwise="PostgreSQL ne répond pas après 60 secondes."
        )
        if fresh:
            self.execute(ROLES_SQL.format(**self.secrets), ADMIN, "admin", "postgres")
            if not self.durable:
                self.execute(THROWAWAY_SQL, ADMIN, "admin", "postgres")
            self.made.touch()
        self.execute(SEALER_SQL.format(**self.secrets), ADMIN, "admin", "postgres")

    def initialise(self):
        """Make an empty cluster; whatever a broken or forgotten attempt left is dropped."""
        self.workspace.forget()
        shutil.rmtree(self.place, ignore_errors=True)
        self.place.mkdir(mode=0o700, parents=True)
        password = self.place / "password"
        password.write_text(self.secrets["admin"])
        password.chmod(0o600)
        if self.user:
            for path in (self.place, password):
                os.chown(path, self.user["user"], self.user["group"])
        status, output = call(
            [self.bin / "initdb", f"--pgdata={self.files}", f"--username={ADMIN}", "--no-sync",
             "--auth=scram-sha-256", f"--pwfile={password}", *ENCODING],
            cwd="/", **self.user,
        )  # fmt: skip
        password.unlink()
        if status:
            self.explain(output)

    def command(self):
        settings = {**SETTINGS, "port": self.port, **({} if self.durable else THROWAWAY)}
        pairs = [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
        return [self.bin / "postgres", "-D", self.files, *pairs]

    def answers(self):
        where = ["-h", "127.0.0.1", "-p", self.port, "-t", "1"]
        return call([self.bin / "pg_isready", "-q", *where], cwd="/")[0] == 0

    def execute(self, sql, role, secret, database):
        status, output = call(
            [self.bin / "psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1",
             "-p", self.port, "-U", role, "-d", database],
            text=sql, cwd="/", env={**os.environ, "PGPASSWORD": self.secrets[secret]},
        )  # fmt: skip
        if status:
            self.explain(output)

    def addresses(self):
        return {
            "DATABASE_URL": self.address(RUNTIME, "web"),
            "DATABASE_OWNER_URL": self.address(OWNER, "owner"),
            "DATABASE_SEALER_URL": self.address(SEALER, "sealer"),
        }

    def address(self, role, secret):
        return f"postgres://{role}:{self.secrets[secret]}@127.0.0.1:{self.port}/{DATABASE}"

    def explain(self, output):
        if "No space left on device" in output:
            raise Failure(FULL_DISK)
        log = self.workspace.logs / "postgres-setup.log"
        log.write_text(output)
        raise Failure(f"La préparation de PostgreSQL a échoué ; voir {log}.")


def free_port():
    """A port nobody listens on, chosen by the kernel."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_the_previous_one(pidfile, seconds=15):
    """A killed launcher leaves its PostgreSQL a moment to write its data down."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and is_alive(pidfile):
        time.sleep(0.05)


def is_alive(pidfile):
    try:
        number = int(pidfile.read_text().split("\n", 1)[0])
        return "postgres" in Path(f"/proc/{number}/comm").read_text()
    except (OSError, ValueError):
        return False
