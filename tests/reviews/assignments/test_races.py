"""Assigning against declaring a link, on two connections: never both."""

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import IntegrityError, connection, connections, transaction

from accounts.access import Refused
from reviews.assignments.models import Assignment
from reviews.assignments.operations import declare_interest
from reviews.experts.models import Interest
from reviews.links.models import DetectedLink
from tests.factories import make_assignment
from tests.reviews.assignments.scene import Pool

pytestmark = pytest.mark.django_db(transaction=True)
LOCK = re.compile(r"PERFORM pg_advisory_xact_lock\([^;]*;")


def together(*acts):
    """Run the acts at once, each on its own connection; returns what each answered."""
    gate = Barrier(len(acts))

    def run(act):
        try:
            gate.wait(timeout=60)
            act()
        except (Refused, IntegrityError) as refusal:
            return type(refusal).__name__
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.parametrize("turn", range(4))
def test_applying_and_declaring_a_link_never_both_stand(turn):
    pool = Pool(dossiers=1, experts=2, reviews=1)
    [expert] = [choice.expert for choice in pool.propose().new]
    digest = pool.propose().digest

    outcomes = together(
        lambda: pool.apply(digest),
        lambda: declare_interest(
            expert, pool.dossiers[0], kind="family", text="Cousin.", actor=pool.officer
        ),
    )

    assert outcomes in (["done", "done"], ["Changed", "done"])
    assert not Assignment.objects.active().filter(expert=expert).exists()
    assert Interest.objects.filter(expert=expert, kind="family").exists()


@pytest.mark.parametrize("turn", range(4))
def test_the_database_alone_lets_one_of_the_two_stand(turn):
    pool = Pool(dossiers=1, experts=1, reviews=1)
    expert, dossier = pool.experts[0], pool.dossiers[0]

    def assign():
        with transaction.atomic():
            make_assignment(dossier=dossier, expert=expert, declared=False)

    def declare():
        with transaction.atomic():
            Interest.objects.create(
                expert=expert, dossier=dossier, kind="family", declared_by=expert.user
            )

    assert sorted(together(assign, declare)) == ["IntegrityError", "done"]
    assert Assignment.objects.count() + Interest.objects.count() == 1


def test_two_officers_applying_at_once_assign_once():
    pool = Pool(dossiers=2, experts=3, reviews=2)
    digest = pool.propose().digest

    outcomes = together(lambda: pool.apply(digest), lambda: pool.apply(digest))

    assert sorted(outcomes) == ["Changed", "done"]
    assert Assignment.objects.count() == 4


def write_both(pool):
    """One connection assigns, the other notices a link; both look, then wait, then commit."""
    expert, dossier = pool.experts[0], pool.dossiers[0]
    gate = Barrier(2)

    def wait():
        with suppress(BrokenBarrierError):
            gate.wait(timeout=0.3)

    def assign():
        with transaction.atomic():
            make_assignment(dossier=dossier, expert=expert, declared=False)
            wait()

    def notice():
        with transaction.atomic():
            DetectedLink.objects.create(
                expert=expert, dossier=dossier, kind="other", score="0.8", evidence=[]
            )
            wait()

    return together(assign, notice)


@pytest.mark.parametrize("turn", range(3))
def test_the_database_lets_an_assignment_or_a_link_stand(turn):
    pool = Pool(dossiers=1, experts=1, reviews=1)

    assert sorted(write_both(pool)) == ["IntegrityError", "done"]
    assert Assignment.objects.count() + DetectedLink.objects.count() == 1


def test_control_a_check_in_the_database_that_locks_nothing_lets_both_stand():
    pool = Pool(dossiers=1, experts=1, reviews=1)

    with without_the_lock():
        outcomes = write_both(pool)

    assert outcomes == ["done", "done"]
    assert (Assignment.objects.active().count(), DetectedLink.objects.count()) == (1, 1)


@contextmanager
def without_the_lock():
    """The same triggers, looking at the other table without locking the pair first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.proname, pg_get_functiondef(p.oid) FROM pg_trigger t"
            " JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE p.prosrc LIKE '%pg_advisory_xact_lock(NEW.dossier_id%'"
            " AND t.tgrelid IN ('reviews_assignment'::regclass, 'reviews_detectedlink'::regclass)"
        )
        functions = dict(cursor.fetchall())
        assert len(functions) == 2
        for text in functions.values():
            cursor.execute(LOCK.sub("", text))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for text in functions.values():
                cursor.execute(text)
