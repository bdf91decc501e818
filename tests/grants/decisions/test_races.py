"""Two people announce at once; only PostgreSQL's locks decide. The control shows the race."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from accounts.access import Refused
from grants.decisions.operations import announce
from tests.grants.decisions.scene import Scene
from tests.grants.decisions.test_operations import voted

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_managers_announcing_at_once_commit_once():
    scene = Scene()
    allocation = voted(scene)
    gate = Barrier(2)

    def one(actor):
        try:
            gate.wait(timeout=60)
            announce(type(allocation).objects.get(pk=allocation.pk), actor=actor)
        except Refused as refusal:
            return str(refusal)
        finally:
            connections.close_all()
        return "announced"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(one, [scene.manager, scene.second]))

    assert outcomes == ["Ces décisions sont déjà annoncées.", "announced"]
    assert scene.envelope.entries.filter(kind="commitment").count() == 2
