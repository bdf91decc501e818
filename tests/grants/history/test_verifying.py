"""Six tamperings by the owner of the tables, each found and named; a sound history passes."""

# ruff: noqa: S608 - only names of our own tables
from contextlib import contextmanager

import pytest
from django.db import connection

from grants.core.flow import write
from grants.dossiers.models import Dossier
from grants.history.models import Link, Seal
from grants.history.operations import seal
from grants.history.rows import last_keys
from grants.history.strands import strands
from grants.history.verifying import verify
from tests.factories import make_dossier

pytestmark = pytest.mark.django_db
EVENTS = "grants_dossierevent"


@contextmanager
def as_owner():
    """The owner of the tables puts the triggers to sleep: nothing in the database stops them."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield cursor
        cursor.execute("SET session_replication_role = DEFAULT")


@pytest.fixture
def history():
    """A dossier written in three times, sealed twice; returns the keys of its events, in order."""
    dossier = make_dossier(title="Un")
    write(dossier, title="Deux")
    seal()
    write(dossier, title="Trois")
    write(dossier, title="Quatre")
    seal()
    return list(dossier.events.order_by("pgh_id").values_list("pgh_id", flat=True))


def found(**options):
    return {(one.kind, one.table, one.row) for one in verify(**options).found}


def change_a_value(cursor, keys):
    cursor.execute(f"UPDATE {EVENTS} SET title = 'Faux' WHERE pgh_id = %s", [keys[1]])
    return ("changed", EVENTS, keys[1])


def change_who_acted(cursor, keys):
    cursor.execute(
        """INSERT INTO pghistory_context (id, created_at, updated_at, metadata)
        VALUES (gen_random_uuid(), now(), now(), '{"user": 1}')"""
    )
    cursor.execute(
        f"""UPDATE {EVENTS} SET pgh_context_id = (SELECT id FROM pghistory_context LIMIT 1)
        WHERE pgh_id = %s""",
        [keys[1]],
    )
    return ("changed", EVENTS, keys[1])


def remove_a_middle_row(cursor, keys):
    cursor.execute(f"DELETE FROM {EVENTS} WHERE pgh_id = %s", [keys[1]])
    return ("removed", EVENTS, keys[1])


def remove_the_tail(cursor, keys):
    """The last rows, and the links that knew of them."""
    cursor.execute(f"DELETE FROM {EVENTS} WHERE pgh_id >= %s", [keys[2]])
    cursor.execute("DELETE FROM grants_link WHERE seal_id = 2")
    cursor.execute("UPDATE grants_dossier SET title = 'Deux'")
    return ("seal", "grants_seal", 2)


def insert_a_backdated_row(cursor, keys):
    columns = ", ".join(c for c in strands()[EVENTS].columns if c != "pgh_created_at")
    cursor.execute(
        f"""INSERT INTO {EVENTS} (pgh_created_at, {columns})
        SELECT pgh_created_at - interval '1 hour', {columns} FROM {EVENTS} WHERE pgh_id = %s
        RETURNING pgh_id""",
        [keys[-1]],
    )
    return ("backdated", EVENTS, cursor.fetchone()[0])


def insert_between_sealed_rows(cursor, keys):
    columns = ", ".join(strands()[EVENTS].columns)
    cursor.execute(
        f"""INSERT INTO {EVENTS} (pgh_id, {columns}) OVERRIDING SYSTEM VALUE
        SELECT -5, {columns} FROM {EVENTS} WHERE pgh_id = %s""",
        [keys[0]],
    )
    return ("inserted", EVENTS, -5)


def swap_two_rows(cursor, keys):
    for old, new in [(keys[0], -1), (keys[1], keys[0]), (-1, keys[1])]:
        cursor.execute(f"UPDATE {EVENTS} SET pgh_id = %s WHERE pgh_id = %s", [new, old])
    return ("swapped", EVENTS, keys[0])


def change_the_row_alone(cursor, keys):
    cursor.execute("UPDATE grants_dossier SET title = 'Faux' RETURNING id")
    return ("state", "grants_dossier", cursor.fetchone()[0])


TAMPERINGS = [
    change_a_value, change_who_acted, remove_a_middle_row, remove_the_tail,
    insert_a_backdated_row, insert_between_sealed_rows, swap_two_rows, change_the_row_alone,
]  # fmt: skip


@pytest.mark.parametrize("tamper", TAMPERINGS, ids=lambda act: act.__name__)
def test_what_the_owner_did_is_found_and_named(history, tamper):
    assert found() == set()

    with as_owner() as cursor:
        expected = tamper(cursor, history)

    assert expected in found()


def test_a_history_rewritten_from_end_to_end_differs_from_a_kept_digest(history):
    first, last = Seal.objects.order_by("number")
    kept = [(first.number, first.sha256), (last.number, last.sha256), (None, last.sha256)]
    assert [found(against=one) for one in kept] == [set(), set(), set()]

    with as_owner() as cursor:
        change_a_value(cursor, history)
        cursor.execute("DELETE FROM grants_link")
        cursor.execute("DELETE FROM grants_seal")
    seal()

    assert found() == set()
    assert [{kind for kind, *_ in found(against=one)} for one in kept] == [{"rewritten"}] * 3


def test_a_tail_removed_with_its_seals_differs_from_a_kept_digest(history):
    last = Seal.objects.order_by("number").last()

    with as_owner() as cursor:
        remove_the_tail(cursor, history)
        cursor.execute("DELETE FROM grants_seal WHERE number = 2")
        for table in set(strands()) - {EVENTS}:
            upto = Seal.objects.get(number=1).content["upto"][table]
            cursor.execute(f'DELETE FROM "{table}" WHERE "{strands()[table].key}" > %s', [upto])

    assert found() == set()
    assert found(against=(last.number, last.sha256)) == {("rewritten", "grants_seal", 2)}


def test_a_removed_seal_is_found(history):
    with as_owner() as cursor:
        cursor.execute("DELETE FROM grants_link WHERE seal_id = 1")
        cursor.execute("DELETE FROM grants_seal WHERE number = 1")

    assert ("seal", "grants_seal", 2) in found()


def test_acts_of_a_dossier_make_one_chain_and_the_tail_is_told(history):
    chain = f"dossier:{Dossier.objects.get().pk}"
    links = Link.objects.filter(chain=chain).order_by("seal_id")
    write(Dossier.objects.get(), title="Cinq")
    reading = verify()

    assert [link.seal_id for link in links] == [1, 2]
    assert links[1].previous == links[0].head
    assert [[EVENTS, key] for key in history[2:]] == links[1].places
    assert (reading.unsealed, reading.found) == (1, [])


def test_a_long_history_is_sealed_in_pieces(monkeypatch):
    for title in "abc":
        make_dossier(title=title)
    monkeypatch.setattr("grants.history.operations.AT_ONCE", 2)
    made = seal()

    assert len(made) > 1
    assert made[-1].content["upto"] == last_keys(strands().values(), using="default")
    assert found() == set()


def test_a_column_added_later_does_not_change_what_was_sealed(history):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {EVENTS} ADD COLUMN novelty text DEFAULT 'x'")

    assert found() == set()


def test_the_triggers_refuse_to_change_seals_and_to_skip_one(history):
    last = Seal.objects.order_by("number").last()
    with connection.cursor() as cursor, pytest.raises(Exception, match="Cannot update"):
        cursor.execute("UPDATE grants_seal SET acts = 0 WHERE number = %s", [last.number])


def test_a_seal_made_out_of_turn_is_refused(history):
    last = Seal.objects.order_by("number").last()
    last.pk = 9
    with pytest.raises(Exception, match="seal_follows"):
        Seal.objects.bulk_create([last])
