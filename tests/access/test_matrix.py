"""The access policy: every address × role, written as text tables beside this file.

`policies/<feature>.txt` holds the expected answers; `scenes/<feature>.py` builds, for each address
and state, the objects behind it. An address missing from the tables fails the last test.
"""

from contextlib import nullcontext
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.access.cast import Cast
from tests.access.visits import come_as, passing, stages
from tests.tables import read_table

HERE = Path(__file__).parent
FILES = sorted((HERE / "policies").glob("*.txt"))
ROWS = [(path.stem, row) for path in FILES for row in read_table(path.read_text())]

# Open to everybody on purpose.
PUBLIC = {"live", "ready"}


def identifier(case):
    _feature, row = case
    return f"{row['method']} {row['address']} {row['state']}"


# Answers to a change of words over which planting writes: asked on a scene left as it is. All
# the others are compared by `test_leaks`, on its way.
CHANGING = {"dossiers section draft", "evaluations evaluation draft", "evaluations cells draft"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "stage", [stage for stage in stages(ROWS) if str(stage) in CHANGING], ids=str
)
def test_each_role_gets_the_answer_of_the_policy(stage, client):
    cast, url_of, fields = stage.built()
    answers = {
        (row["method"], row["address"]): {
            role: answer(client, row["method"], url_of(row["address"]), fields, cast, role)
            for role in Cast.ROLES
        }
        for row in stage.rows
    }

    assert answers == stage.expected(Cast.ROLES)


def answer(client, method, url, fields, cast, role):
    come_as(client, None if role == "anonymous" else getattr(cast, role))
    with nullcontext() if method == "GET" else passing():
        response = client.get(url) if method == "GET" else client.post(url, fields)
    for close in response._resource_closers:
        close()
    return answer_in(response)


def answer_in(response):
    """As the policy writes it."""
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


def test_the_stages_set_apart_exist():
    assert {str(stage) for stage in stages(ROWS)} >= CHANGING


def test_every_address_is_in_the_policy():
    ours = {name for name in addresses() if not name.startswith(("account_", "health"))}
    listed = {row["address"] for _feature, row in ROWS}

    assert ours - listed - PUBLIC == set()
