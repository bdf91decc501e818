"""Money that comes back goes to the next of the list, and to nobody else."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.access import Refused
from accounts.notifications.models import Notification
from grants.decisions.models import Decision, Promotion
from grants.decisions.operations import announce, check, propose
from grants.decisions.operations.promoting import accept, give_up, offer_next
from grants.decisions.tasks import offer_reserve, offer_reserves
from grants.funding.operations import release
from tests.grants.decisions.scene import Scene, vote

pytestmark = pytest.mark.django_db


def announced(endowed=120_000, scores=("4.2", "3.1", "3.0")):
    """One award of 100 000 €, two on the reserve list, 20 000 € left."""
    scene = Scene(endowed=endowed, scores=scores)
    allocation = propose(scene.prepared(), actor=scene.manager)
    announce(vote(check(allocation, actor=scene.second), actor=scene.manager), actor=scene.manager)
    return scene


def money_back(scene):
    give_up(scene.decisions()[0], reason="Courrier du 3 mai", actor=scene.manager)


def test_a_withdrawal_offers_the_next_within_a_sweep_and_tells_its_officer():
    scene = announced()
    offer_reserves()
    assert not Promotion.objects.exists()  # 20 000 € are of no use to the next

    money_back(scene)
    offer_reserves()
    offer_reserve(scene.call.allocation.pk)  # twice is once

    offer = Promotion.objects.get()
    assert (offer.decision, offer.amount, offer.reserve_rank) == (scene.decisions()[1], 100_000, 1)
    told = Notification.objects.filter(kind="reserve_offered").values_list("recipient", flat=True)
    assert {scene.officer.pk, scene.manager.pk, scene.second.pk} == set(told)
    assert scene.dossiers[0].__class__.objects.get(pk=scene.dossiers[0].pk).state == "withdrawn"


def test_a_release_by_the_ledger_alone_is_seen_too_and_the_rest_is_offered():
    scene = announced()
    entry = scene.decisions()[0].entry
    release(entry, Decimal(30_000), reason="Solde", actor=scene.manager)

    offer_reserves()

    assert Promotion.objects.get().amount == 50_000


def test_a_manager_accepts_in_one_act(client, django_capture_on_commit_callbacks):
    scene = announced()
    money_back(scene)
    offer = offer_next(scene.call.allocation)
    client.force_login(scene.manager)
    page = client.get(reverse("decisions:reserve", args=[scene.call.allocation.pk]))
    assert scene.dossiers[1].reference in page.content.decode()

    client.post(reverse("decisions:accept", args=[offer.pk]), {"amount": "90 000"})

    second = scene.decisions()[1]
    scene.envelope.refresh_from_db()
    assert (second.outcome, second.amount, second.reserve_rank) == ("award", 90_000, None)
    assert (second.dossier.state, -second.entry.amount) == ("awarded", 90_000)
    assert (scene.envelope.committed, scene.envelope.left) == (90_000, 30_000)
    assert second.basis.granted_on == timezone.localdate()
    assert Notification.objects.filter(
        kind="decision_award", recipient=second.dossier.created_by
    ).exists()


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (Decimal(0), "supérieur à zéro"),
        (Decimal(-5), "supérieur à zéro"),
        (Decimal("100000.01"), "Au plus 100"),
        (Decimal("1e11"), "Au plus 100"),
    ],
)
def test_an_amount_that_does_not_fit_leaves_everything_as_it_was(amount, said):
    scene = announced()
    money_back(scene)
    offer = offer_next(scene.call.allocation)

    with pytest.raises(Refused, match=said), transaction.atomic():
        accept(offer, amount=amount, actor=scene.manager)

    offer.refresh_from_db()
    assert (offer.state, scene.decisions()[1].outcome) == ("offered", "reserve")


def test_what_left_the_envelope_meanwhile_is_not_awarded():
    scene = announced(endowed=100_000)
    money_back(scene)
    offer = offer_next(scene.call.allocation)
    accept(offer, amount=Decimal(60_000), actor=scene.manager)

    with pytest.raises(Refused, match="déjà appelé"):
        accept(offer, amount=Decimal(60_000), actor=scene.second)
    third = offer_next(scene.call.allocation)
    assert (third.decision.rank, third.amount) == (3, 40_000)
    with pytest.raises(Refused, match="Il ne reste que 40"):
        accept(third, amount=Decimal(50_000), actor=scene.manager)


def test_an_expired_list_is_not_called():
    scene = announced()
    money_back(scene)
    offer = offer_next(scene.call.allocation)
    yesterday = timezone.localdate() - timedelta(days=1)
    type(scene.call).objects.filter(pk=scene.call.pk).update(
        committee_on=yesterday, decision_on=yesterday, reserve_until=yesterday
    )
    offer = Promotion.objects.select_related("decision__allocation__call").get(pk=offer.pk)

    with pytest.raises(Refused, match="a expiré"):
        accept(offer, amount=Decimal(1), actor=scene.manager)
    assert offer_next(type(scene.call.allocation).objects.get()) is None
    assert Promotion.objects.get().state == "lapsed"


def test_the_database_promotes_nobody_without_an_accepted_offer():
    scene = announced()
    second = scene.decisions()[1]

    with pytest.raises(IntegrityError, match="decision_frozen"):
        Decision.objects.filter(pk=second.pk).update(
            outcome="award", amount=10, reserve_rank=None, entry=scene.decisions()[0].entry
        )


def test_only_an_award_can_be_given_up_and_by_a_manager():
    scene = announced()

    with pytest.raises(Refused, match="Indiquez comment"):
        give_up(scene.decisions()[0], reason=" ", actor=scene.manager)
    with pytest.raises(Refused, match="pas d’aide"):
        give_up(scene.decisions()[1], reason="Courrier", actor=scene.manager)


def test_the_page_costs_the_same_for_one_and_three_dossiers(client, count_queries):
    counts = []
    for scores in (("4.2", "3.1"), ("4.2", "3.1", "3.0", "2.9")):
        scene = announced(scores=scores)
        client.force_login(scene.manager)
        url = reverse("decisions:reserve", args=[scene.call.allocation.pk])
        counts.append(count_queries(lambda url=url: client.get(url)))

    assert counts[0] == counts[1] <= 8
