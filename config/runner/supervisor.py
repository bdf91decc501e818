"""Starts the parts of the platform, watches them, stops them in reverse order."""

import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from config.runner.console import FULL_DISK, Failure
from config.runner.processes import asked_to_stop, kill_group, pause, spawn

SERVERS, SITE = 1, 2
PATIENCE = 25


@dataclass
class Part:
    """One running program: what people call it, where it writes, how it likes to be stopped."""

    name: str
    child: subprocess.Popen
    log: Path
    stage: int
    stop_with: int

    @property
    def ended(self):
        return self.child.poll() is not None

    def ask_to_stop(self):
        if not self.ended:
            self.child.send_signal(self.stop_with)

    def see_it_stopped(self, deadline, hurry):
        while not self.ended and time.monotonic() < deadline and len(asked_to_stop) <= hurry:
            time.sleep(0.02)
        kill_group(self.child)
        self.child.wait()

    def last_words(self):
        text = self.log.read_text(errors="replace")[-4000:]
        if "No space left on device" in text:
            return FULL_DISK
        status = self.child.returncode
        how = f"code {status}" if status >= 0 else f"signal {-status}"
        return f"{self.name} s’est arrêté ({how}), tout a été arrêté ; voir {self.log}."


class Supervisor:
    """Parts of a later stage need those of an earlier one; inside a stage they are equals."""

    def __init__(self, logs):
        self.logs = logs
        self.parts = []

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.stop()

    def start(self, name, argv, *, log, stage=SITE, stop_with=signal.SIGTERM, **options):
        path = self.logs / f"{log}.log"
        options.setdefault("stdin", subprocess.DEVNULL)
        with path.open("wb") as output:
            child = spawn(argv, farewell=stop_with, stdout=output, stderr=output, **options)
        part = Part(name, child, path, stage, stop_with)
        self.parts.append(part)
        return part

    def check(self):
        for part in self.parts:
            if part.ended:
                raise Failure(part.last_words())

    def wait_until(self, ready, *, seconds, otherwise):
        """Wait for `ready()` while every part lives."""
        deadline = time.monotonic() + seconds
        while not ready():
            self.check()
            if time.monotonic() > deadline:
                raise Failure(otherwise)
            pause()
        self.check()

    def watch(self):
        while True:
            self.check()
            pause()

    def stop(self):
        """Site first, then the servers it talks to; a second Ctrl-C shortens the wait."""
        hurry = max(len(asked_to_stop), 1)
        for stage in (SITE, SERVERS):
            going = [part for part in reversed(self.parts) if part.stage == stage]
            deadline = time.monotonic() + PATIENCE
            for part in going:
                part.ask_to_stop()
            for part in going:
                part.see_it_stopped(deadline, hurry)
        self.parts.clear()
