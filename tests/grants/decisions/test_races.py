"""Two people announce at once, or the connection dies in the middle: all of it, or nothing."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import monotonic, sleep

import pytest
from django.db import OperationalError, connection, connections, transaction

from accounts.access import Refused
from accounts.notifications.models import Notification
from grants.decisions.operations import announce
from grants.dossiers.models import Dossier
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


def test_a_connection_killed_in_the_middle_of_the_announcement_leaves_nothing():
    scene = Scene()
    allocation = voted(scene)
    last = scene.dossiers[-1].pk

    def announcing():
        try:
            announce(type(allocation).objects.get(pk=allocation.pk), actor=scene.manager)
        except OperationalError:
            return "killed"
        finally:
            connections.close_all()
        return "announced"

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            # The last dossier is held here: the announcement stops just before its end.
            Dossier.objects.select_for_update().get(pk=last)
            found = pool.submit(announcing)
            kill_who_waits()
        assert found.result(timeout=10) == "killed"

    allocation.refresh_from_db()
    assert allocation.state == "voted"
    assert not scene.envelope.entries.filter(kind="commitment").exists()
    assert set(scene.call.dossiers.values_list("state", flat=True)) == {"ranked"}
    assert not Notification.objects.filter(kind__startswith="decision_").exists()
    announce(allocation, actor=scene.manager)
    assert scene.envelope.entries.filter(kind="commitment").count() == 2


def kill_who_waits():
    """End the connection that waits for our lock, as a crash would."""
    limit = monotonic() + 10
    with connection.cursor() as cursor:
        while monotonic() < limit:
            cursor.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_locks"
                " WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            if cursor.fetchone()[0]:
                return
            sleep(0.01)
    raise AssertionError("nobody waited")
