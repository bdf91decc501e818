"""A private Valkey server, the broker and cache: in memory only, behind a password."""

import socket
import tempfile

from config.runner import programs
from config.runner.postgres import free_port
from config.runner.supervisor import SERVERS

SETTINGS = """\
bind 127.0.0.1
port {port}
requirepass {password}
dir {home}
save ""
appendonly no
maxmemory-policy noeviction
"""


def start(supervisor, workspace, password):
    """Start the server and return its address; its settings never reach a command line."""
    port = free_port()
    settings = SETTINGS.format(port=port, password=password, home=workspace.home)
    with tempfile.TemporaryFile(dir=workspace.home) as config:
        config.write(settings.encode())
        config.flush()
        config.seek(0)
        supervisor.start(
            "Valkey", [programs.valkey_server(), "-"], log="valkey", stage=SERVERS, stdin=config
        )
    supervisor.wait_until(
        lambda: answers(port, password),
        seconds=20,
        otherwise="Valkey ne répond pas après 20 secondes.",
    )
    return f"redis://:{password}@127.0.0.1:{port}/0"


def answers(port, password):
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as link:
            link.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            replies = link.makefile("rb")
            return (replies.readline(), replies.readline()) == (b"+OK\r\n", b"+PONG\r\n")
    except OSError:
        return False
