"""What can be typed after `./run`, and how each ends."""

import argparse

from config.runner import bootstrap, checks, environment, servers, site
from config.runner.console import Failure, accept_any_terminal, say, sentence_for
from config.runner.processes import Interrupted, foreground, listen
from config.runner.supervisor import Supervisor
from config.runner.workspace import ROOT, Workspace

USAGE = """\
./run [--port N] [--no-demo]     prépare, démarre et sert la plateforme
./run test [--all] [ARGUMENTS]   lance les tests ; les arguments vont à pytest
./run manage COMMANDE …          une commande de manage.py, avec les mêmes serveurs
./run setup [--dev]              prépare seulement l’environnement Python"""
# Commands that ask nothing of the tables: a new database need not be migrated for them.
WITHOUT_TABLES = {
    "agreement", "allocate", "assign", "check", "collectstatic", "compilemessages",
    "eligibility", "help", "makemessages", "makemigrations", "migrate", "rank", "version",
}  # fmt: skip
# Commands that change tables or rights, and so run as their owner.
OWNER_COMMANDS = {"flush", "grant_runtime_role", "migrate", "pgtrigger", "sqlflush"}


def main(words):
    accept_any_terminal()
    listen()
    try:
        return dispatch(words) or 0
    except Interrupted:
        return 0 if starts_site(words) else 130
    except Failure as failure:
        say(str(failure))
    except OSError as error:
        say(sentence_for(error))
    return 1


def dispatch(words):
    if words[:1] == ["test"]:
        return checks.test(words[1:])
    if words[:1] == ["manage"]:
        return manage(words[1:])
    if words[:1] == ["setup"]:
        return bootstrap.ensure("dev" if "--dev" in words else "runtime")
    options = parse(words)
    return site.serve(options.port, demo=options.demo)


def starts_site(words):
    return words[:1] not in (["test"], ["manage"], ["setup"])


def parse(words):
    parser = argparse.ArgumentParser(prog="./run", usage=USAGE, add_help=True)
    parser.add_argument("--port", type=port, default=8000)
    parser.add_argument("--no-demo", dest="demo", action="store_false")
    return parser.parse_args(words)


def port(text):
    number = int(text)
    if not 0 < number < 65536:
        raise ValueError(text)
    return number


def manage(words):
    """Use the servers of a running `./run`, else start them for the time of the command."""
    bootstrap.ensure()
    workspace = Workspace("dev")
    addresses = workspace.running()
    if addresses:
        return run_manage(workspace, addresses, words)
    with workspace.claimed(), Supervisor(workspace.logs) as supervisor:
        running = servers.start(supervisor, workspace, durable=True)
        if needs_tables(workspace, words):
            servers.migrate(running, workspace, site_env(workspace, running.addresses))
        return run_manage(workspace, running.addresses, words)


def needs_tables(workspace, words):
    untouched = not environment.given().get("DATABASE_URL") and not workspace.migrated.exists()
    return untouched and bool(words) and words[0] not in WITHOUT_TABLES


def run_manage(workspace, addresses, words):
    env = site_env(workspace, addresses)
    if words and words[0] in OWNER_COMMANDS:
        env = environment.as_owner(env)
    return foreground([bootstrap.PYTHON, "manage.py", *words], env=env, cwd=ROOT)


def site_env(workspace, addresses):
    settings = environment.local(workspace, workspace.secrets()["secret_key"])
    return environment.for_site(settings, addresses)
