"""The access policy: every address × role, written as text tables beside this file.

`policies/<feature>.txt` holds the expected answers; `scenes/<feature>.py` builds, for each address
and state, the objects behind it. An address missing from the tables fails the last test.
"""

from importlib import import_module
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access.cast import Cast
from tests.tables import read_table

HERE = Path(__file__).parent
FILES = sorted((HERE / "policies").glob("*.txt"))
ROWS = [(path.stem, row) for path in FILES for row in read_table(path.read_text())]

# Open to everybody on purpose.
PUBLIC = {"live", "ready"}


@pytest.fixture(autouse=True)
def _sessions_in_memory(settings):
    """Ten people sign in for each line: not worth a table."""
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cache"


def identifier(case):
    _feature, row = case
    return f"{row['method']} {row['address']} {row['state']}"


@pytest.mark.django_db
@pytest.mark.parametrize("case", ROWS, ids=identifier)
def test_each_role_gets_the_answer_of_the_policy(case, client):
    feature, row = case
    scenes = import_module(f"tests.access.scenes.{feature}").SCENES
    cast, args, fields = scenes[row["address"]](row["state"])
    url = reverse(row["address"], args=args)
    answers = {}
    for role in Cast.ROLES:
        with transaction.atomic():
            answers[role] = answer(client, row["method"], url, fields, cast, role)
            transaction.set_rollback(True)

    assert answers == {role: row[role] for role in Cast.ROLES}


def answer(client, method, url, fields, cast, role):
    client.logout()
    if role != "anonymous":
        client.force_login(getattr(cast, role))
    response = client.generic(method, url) if method == "GET" else client.post(url, fields)
    for close in response._resource_closers:
        close()
    if response.status_code == 302 and response["Location"].startswith("/compte/login/"):
        return "login"
    return str(response.status_code)


def addresses(resolver=None, namespaces=()):
    """Every named address of our own features."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from addresses(pattern, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield ":".join((*namespaces, pattern.name))


def test_every_address_is_in_the_policy():
    ours = {name for name in addresses() if not name.startswith(("account_", "health"))}
    listed = {row["address"] for _feature, row in ROWS}

    assert ours - listed - PUBLIC == set()
