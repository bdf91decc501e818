"""Assigning against declaring a link, on two connections: never both."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connections, transaction

from accounts.access import Refused
from reviews.assignments.models import Assignment
from reviews.assignments.operations import declare_interest
from reviews.experts.models import Interest
from tests.factories import make_assignment
from tests.reviews.assignments.scene import Pool

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts):
    """Run the acts at once, each on its own connection; returns what each answered."""
    gate = Barrier(len(acts))

    def run(act):
        try:
            gate.wait(timeout=10)
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
