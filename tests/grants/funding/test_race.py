"""Forty people at once: by operation and by direct SQL, an envelope is never over-committed."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import psycopg
import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection

from accounts.access import Refused
from accounts.people.models import User
from grants.funding import operations
from grants.funding.models import Entry, Envelope
from grants.programmes.states import Role
from tests.factories import make_envelope, make_programme, make_staff

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 40
SHARE = 60_000
INSERT = """
    INSERT INTO grants_entry (envelope_id, kind, amount, reason, reference, commitment_id,
                              actor_id, at)
    VALUES (%s, %s, %s, 'Course', '', %s, %s, now())
"""


@pytest.fixture
def programme():
    ContentType.objects.clear_cache()
    return make_programme()


@pytest.fixture
def envelope(programme):
    return make_envelope(programme, endowed=1_000_000, payable=1_000_000)


@pytest.fixture
def manager(programme):
    return make_staff(programme, Role.MANAGER)


def together(act):
    """Run `act` in forty threads that start at the same instant; return what each answered."""
    gate = Barrier(PEOPLE)

    def run(n):
        gate.wait(timeout=60)
        try:
            return act(n)
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE) as pool:
        return list(pool.map(run, range(PEOPLE)))


def by_sql(*values):
    """As another program would, on a connection of its own."""
    try:
        with psycopg.connect(**connect_values(), autocommit=True) as other:
            other.execute(INSERT, values)
    except psycopg.Error as error:
        return error.diag.constraint_name or error.diag.message_primary
    return "done"


def connect_values():
    values = connection.get_connection_params()
    return {name: values[name] for name in ("dbname", "user", "password", "host", "port")}


def test_forty_commitments_by_operation_never_exceed_the_envelope(envelope, manager):
    def commit(n):
        own = Envelope.objects.get(pk=envelope.pk)
        try:
            operations.commit(
                own, SHARE, reason=f"Dossier {n}", actor=User.objects.get(pk=manager.pk)
            )
        except Refused:
            return "refused"
        return "done"

    answers = together(commit)

    envelope.refresh_from_db()
    assert answers.count("done") == 16
    assert answers.count("refused") == 24
    assert envelope.committed == 960_000


def test_forty_commitments_by_sql_never_exceed_the_envelope(envelope, manager):
    answers = together(lambda n: by_sql(envelope.pk, "commitment", -SHARE, None, manager.pk))

    envelope.refresh_from_db()
    assert answers.count("done") == 16
    assert answers.count("envelope_never_overcommitted") == 24
    assert (
        envelope.committed
        == 960_000
        == -sum(Entry.objects.filter(kind="commitment").values_list("amount", flat=True))
    )


def test_forty_payments_by_sql_never_exceed_their_commitment(envelope, manager):
    commitment = operations.commit(envelope, 1_000_000, reason="AP1-0001", actor=manager)

    answers = together(lambda n: by_sql(envelope.pk, "payment", -SHARE, commitment.pk, manager.pk))

    envelope.refresh_from_db()
    assert answers.count("done") == 16
    assert envelope.paid == 960_000


def test_payments_of_one_commitment_do_not_eat_another(envelope, manager):
    small = operations.commit(envelope, SHARE, reason="AP1-0001", actor=manager)
    operations.commit(envelope, 900_000, reason="AP1-0002", actor=manager)

    answers = together(lambda n: by_sql(envelope.pk, "payment", -SHARE, small.pk, manager.pk))

    envelope.refresh_from_db()
    assert answers.count("done") == 1
    assert envelope.paid == SHARE


def test_the_totals_cannot_be_written_by_sql(envelope):
    with pytest.raises(DatabaseError, match="envelope_totals"), connection.cursor() as cursor:
        cursor.execute("UPDATE grants_envelope SET endowed = endowed + 1")
