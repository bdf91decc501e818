"""`./run test`: the whole suite against real servers of its own, in parallel."""

import os
import shutil
from pathlib import Path

from config.runner import bootstrap, environment, servers
from config.runner.console import Failure, say
from config.runner.processes import foreground
from config.runner.supervisor import Supervisor
from config.runner.workspace import ROOT, Workspace

BROWSERS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
LEFT_OUT = "Tests navigateur laissés de côté : aucun Chromium trouvé (apt-get install chromium)"


def test(words):
    """Run pytest with these arguments; `--all` refuses to leave the browser layer out."""
    bootstrap.ensure("dev")
    chromium = find_chromium()
    arguments = pytest_arguments(words, chromium, cores())
    with Workspace("test").claimed() as workspace, Supervisor(workspace.logs) as supervisor:
        running = servers.start(supervisor, workspace, durable=False)
        settings = environment.local(workspace, workspace.secrets()["secret_key"])
        env = environment.for_tests(settings, running.addresses, chromium)
        return foreground([bootstrap.program("pytest"), *arguments], env=env, cwd=ROOT)


def pytest_arguments(words, chromium, cores):
    """What the person asked, plus a local address, a process per core, and the layers."""
    wanted = [word for word in words if word != "--all"]
    arguments = ["--liveserver=127.0.0.1"]
    if cores > 1 and not any(alone(word) for word in wanted):
        arguments += ["-n", str(cores), "--dist", "worksteal"]
    if chromium is None:
        if "--all" in words:
            raise Failure("--all demande un Chromium : apt-get install chromium, ou CHROMIUM=….")
        say(LEFT_OUT)
        arguments += ["-m", "not browser"]
    return arguments + wanted


def alone(word):
    """Arguments that choose the number of processes, or make sense in a single one."""
    return word.startswith(("-n", "--numprocesses", "--pdb", "--trace")) or "::" in word


def cores():
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def find_chromium(environ=os.environ):
    """The browser named by CHROMIUM, else the first one installed."""
    named = environ.get("CHROMIUM")
    if named:
        if not Path(named).is_file():
            raise Failure(f"CHROMIUM désigne un fichier absent : {named}")
        return named
    path = environ.get("PATH")
    return next((found for name in BROWSERS if (found := shutil.which(name, path=path))), None)
