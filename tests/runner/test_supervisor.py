import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from config.runner import processes
from config.runner.console import FULL_DISK, Failure
from config.runner.supervisor import SERVERS, SITE, Supervisor
from config.runner.workspace import ROOT

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
# Says when it stopped, so that the order can be read.
POLITE = """
import signal, sys, time
def leave(*_):
    open(sys.argv[1], "a").write(sys.argv[2] + " ")
    sys.exit(0)
signal.signal(signal.SIGTERM, leave)
print("up", flush=True)
time.sleep(60)
"""
LAUNCHER = """
import sys, time
from pathlib import Path
from config.runner.supervisor import Supervisor
with Supervisor(Path(sys.argv[1])) as supervisor:
    part = supervisor.start("part", [sys.executable, "-c", "import time; time.sleep(60)"], log="p")
    print(part.child.pid, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def supervisor(tmp_path):
    with Supervisor(tmp_path) as running:
        yield running


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    return state != "Z"


def wait_for(condition):
    deadline = time.monotonic() + 60
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert condition()


def test_a_part_that_dies_is_named_with_its_log(supervisor, tmp_path):
    supervisor.start("Le serveur web", [sys.executable, "-c", "raise SystemExit(3)"], log="web")

    with pytest.raises(Failure) as failure:
        supervisor.watch()

    assert str(failure.value) == (
        f"Le serveur web s’est arrêté (code 3), tout a été arrêté ; voir {tmp_path / 'web.log'}."
    )


def test_a_part_killed_by_a_full_disk_says_so(supervisor):
    words = "import sys; sys.exit('could not write: No space left on device')"
    supervisor.start("PostgreSQL", [sys.executable, "-c", words], log="postgres")

    with pytest.raises(Failure) as failure:
        supervisor.watch()

    assert str(failure.value) == FULL_DISK


def test_the_site_stops_before_the_servers_it_needs(supervisor, tmp_path):
    order = tmp_path / "order"
    for name, stage in (("database", SERVERS), ("web", SITE), ("worker", SITE)):
        command = [sys.executable, "-c", POLITE, order, name]
        part = supervisor.start(name, command, log=name, stage=stage)
        wait_for(lambda part=part: part.log.read_text() == "up\n")

    supervisor.stop()

    first, second, last = order.read_text().split()
    assert {first, second} == {"web", "worker"}
    assert last == "database"


def test_waiting_ends_when_a_part_dies(supervisor):
    supervisor.start("Valkey", [sys.executable, "-c", "raise SystemExit(1)"], log="valkey")

    with pytest.raises(Failure, match=r"Valkey s’est arrêté \(code 1\)"):
        supervisor.wait_until(lambda: False, seconds=10, otherwise="too long")


def test_waiting_has_an_end(supervisor):
    supervisor.start("Valkey", SLEEP, log="valkey")

    with pytest.raises(Failure, match="too long"):
        supervisor.wait_until(lambda: False, seconds=0.2, otherwise="too long")


def test_a_request_to_stop_is_heard_while_watching(supervisor, monkeypatch):
    monkeypatch.setattr(processes, "asked_to_stop", [signal.SIGTERM])
    supervisor.start("Valkey", SLEEP, log="valkey")

    with pytest.raises(processes.Interrupted):
        supervisor.watch()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel's help is Linux's")
def test_a_killed_launcher_leaves_no_part_behind(tmp_path):
    command = [sys.executable, "-c", LAUNCHER, tmp_path]
    launcher = processes.spawn(command, cwd=ROOT, stdout=subprocess.PIPE)
    with launcher:
        part = int(launcher.stdout.readline())
        assert is_alive(part)
        launcher.kill()
    wait_for(lambda: not is_alive(part))
