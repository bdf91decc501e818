"""Starts the servers nobody else provides, and keeps the database's tables and rights in order."""

from dataclasses import dataclass

from config.runner import environment, valkey
from config.runner.bootstrap import PYTHON
from config.runner.console import Failure, timed
from config.runner.postgres import Cluster
from config.runner.processes import call
from config.runner.workspace import ROOT


@dataclass
class Servers:
    """Addresses in use, and the cluster when it is ours."""

    addresses: dict
    cluster: Cluster | None


def start(supervisor, workspace, *, durable):
    """Start PostgreSQL and Valkey unless their addresses were given."""
    addresses = environment.given()
    secrets = workspace.secrets()
    cluster = None
    if "DATABASE_URL" not in addresses:
        with timed("PostgreSQL"):
            cluster = Cluster(workspace, secrets, durable)
            cluster.start(supervisor)
        addresses.update(cluster.addresses())
    if "REDIS_URL" not in addresses:
        with timed("Valkey"):
            addresses["REDIS_URL"] = valkey.start(supervisor, workspace, secrets["broker"])
    workspace.publish(addresses)
    return Servers(addresses, cluster)


def migrate(servers, workspace, env):
    """Bring the tables up to date as their owner, then let the runtime role use them."""
    with timed("migrations"):
        manage(workspace, environment.as_owner(env), "migrate", "--no-input")
        manage(workspace, environment.as_owner(env), "grant_runtime_role")
    if servers.cluster:
        workspace.migrated.touch()


def manage(workspace, env, *words):
    """Run a management command out of sight; its complaint goes to a file."""
    status, output = call([PYTHON, "manage.py", *words], env=env, cwd=ROOT)
    if status:
        log = workspace.logs / f"{words[0]}.log"
        log.write_text(output)
        if "OperationalError" in output and "connection" in output:
            raise Failure(f"La base de données ne répond pas ou refuse l’accès ; voir {log}.")
        raise Failure(f"La commande « {words[0]} » a échoué ; voir {log}.")
    return output
