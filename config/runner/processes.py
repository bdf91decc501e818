"""Child processes that cannot outlive the launcher, and the signals that ask it to stop."""

import ctypes
import os
import signal
import subprocess
import sys
import time

PR_SET_PDEATHSIG = 1
TICK = 0.1

asked_to_stop = []


class Interrupted(Exception):
    """Ctrl-C or a request to terminate arrived."""


def listen():
    """Note requests to stop; they are acted on between two steps, never in the middle of one."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, note)
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
        signal.signal(signal.SIGHUP, note)


def note(number, frame):
    asked_to_stop.append(number)


def pause():
    """Wait a tick, and give way if somebody wants us to stop."""
    if asked_to_stop:
        raise Interrupted
    time.sleep(TICK)


def dies_with_us(number):
    """A hook that makes the kernel signal the child when the launcher dies, however it dies."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None).prctl
    launcher = os.getpid()

    def hook():
        prctl(PR_SET_PDEATHSIG, number)
        if os.getppid() != launcher:
            os.kill(os.getpid(), number)

    return hook


def spawn(argv, *, farewell=signal.SIGTERM, apart=True, **options):
    """Start a child; `apart` keeps the terminal's Ctrl-C from it, so that we choose the order."""
    return subprocess.Popen(  # noqa: S603 - our own programs and arguments
        [str(word) for word in argv],
        start_new_session=apart,
        preexec_fn=dies_with_us(farewell),
        **options,
    )


def call(argv, *, text=None, **options):
    """Run to the end without a terminal; return the exit status and what it printed."""
    options.setdefault("stdin", subprocess.PIPE if text is not None else subprocess.DEVNULL)
    options.setdefault("stderr", subprocess.STDOUT)
    child = spawn(argv, stdout=subprocess.PIPE, **options)
    waiting = text.encode() if text is not None else None
    while True:
        try:
            output, _ = child.communicate(waiting, timeout=TICK)
        except subprocess.TimeoutExpired:
            waiting = None
            if asked_to_stop:
                kill_group(child)
                child.communicate()
                raise Interrupted from None
        else:
            return child.returncode, output.decode(errors="replace")


def foreground(argv, *, env, cwd):
    """Give the child our terminal; Ctrl-C reaches it directly, a request to terminate by us."""
    child = spawn(argv, apart=False, env=env, cwd=cwd)
    passed_on = len(asked_to_stop)
    while child.poll() is None:
        time.sleep(TICK / 2)
        for number in asked_to_stop[passed_on:]:
            if number != signal.SIGINT or not sys.stdin.isatty():
                child.send_signal(number)
            passed_on += 1
    return child.returncode if child.returncode >= 0 else 128 - child.returncode


def kill_group(child):
    """End whatever is left of a child and of its own children."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return
