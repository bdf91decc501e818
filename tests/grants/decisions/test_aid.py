"""The State-aid guard: what stands with an award, and what stops one."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.access import Refused
from grants.decisions.models import AidBasis, AidException, Decision
from grants.decisions.operations import announce, prepare, revise
from grants.decisions.operations.aiding import (
    ask_exception,
    reassess,
    record_control,
    sign_exception,
)
from grants.dossiers.models import Submission
from tests.factories import make_organisation
from tests.grants.decisions.scene import Scene
from tests.grants.decisions.test_operations import voted

pytestmark = pytest.mark.django_db
REASON = "Motif relu en comité."


def declare(dossier, *, received=0, linked=()):
    """What the company handed in about the aids it had and the companies it is linked to."""
    aids = [{"regime": "de_minimis", "granted_on": "2026-01-10", "amount": str(received)}]
    answers = {
        "aided": bool(received), "aids": aids if received else [], "group": bool(linked),
        "related_companies": [{"link": "linked", "siret": siren + "00011"} for siren in linked],
        "requested": str(dossier.requested), "stage": dossier.stage,
    }  # fmt: skip
    now = timezone.now()
    Submission.objects.create(
        dossier=dossier, version=1, at=now, by=dossier.created_by, deadline_at=now,
        content={"answers": answers}, sha256="0" * 64,
    )  # fmt: skip


def test_what_was_received_bounds_the_award_and_is_said():
    scene = Scene(endowed=300_000)
    declare(scene.dossiers[0], received=240_000)
    scene.prepared()

    first, second, _third = scene.decisions()

    assert (first.amount, first.basis.ceiling) == (60_000, 60_000)
    assert first.basis.received == 240_000
    assert "reste des aides de minimis" in first.basis.because
    assert second.amount == 100_000


def test_linked_companies_are_one_undertaking_and_get_one_award():
    scene = Scene(endowed=300_000, scores=("4.2", "3.1", "3.0"))
    declare(scene.dossiers[0], linked=[scene.dossiers[1].organisation.siren])
    scene.prepared()

    first, second, third = scene.decisions()

    assert [d.outcome for d in (first, second, third)] == ["award", "refuse", "award"]
    assert "Une seule aide par entreprise unique" in second.rule
    assert len(second.basis.undertaking) == 2


def test_an_award_keeps_its_regime_version_article_and_day():
    scene = Scene()
    allocation = voted(scene)

    announce(allocation, actor=scene.manager)

    basis = scene.decisions()[0].basis
    assert (basis.regime, basis.version) == ("de_minimis", "Règlement (UE) 2023/2831")
    assert (basis.article, basis.granted_on) == ("art. 3(2)", allocation.deliberated_on)
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        AidBasis.objects.filter(pk=basis.pk).update(ceiling=1)


def test_a_company_bought_between_ranking_and_award_stops_the_announcement():
    scene = Scene()
    allocation = voted(scene)
    first, second, *_rest = scene.dossiers
    record_control(
        allocation, siren=first.organisation.siren, by_siren=second.organisation.siren,
        since=date(2026, 1, 15), source="Presse", actor=scene.manager,
    )  # fmt: skip

    with pytest.raises(Refused, match="même entreprise unique"):
        announce(allocation, actor=scene.manager)

    allocation.refresh_from_db()
    assert allocation.state == "voted"
    assert scene.envelope.entries.filter(kind="commitment").count() == 0
    assert scene.decisions()[0].basis.granted_on is None


def test_aid_of_the_buyer_counts_at_the_announcement():
    buyer = make_organisation()
    before = Scene()
    declare(before.dossiers[0], received=0)
    type(before.dossiers[0]).objects.filter(pk=before.dossiers[0].pk).update(organisation=buyer)
    before.dossiers[0].refresh_from_db()
    announce(voted(before), actor=before.manager)
    scene = Scene()
    declare(scene.dossiers[0], received=150_000)
    allocation = voted(scene)
    siren = scene.dossiers[0].organisation.siren
    record_control(
        allocation, siren=siren, by_siren=buyer.siren, since=date(2026, 2, 1), source="BODACC",
        actor=scene.manager,
    )  # fmt: skip

    with pytest.raises(Refused, match=r"La situation a changé.*50.000"):
        announce(allocation, actor=scene.manager)

    assert scene.envelope.entries.filter(kind="commitment").count() == 0


def above(scene):
    """A dossier whose ceiling is 60 000 €, and 100 000 € asked."""
    declare(scene.dossiers[0], received=240_000)
    scene.prepared()
    return scene.decisions()[0]


def test_nothing_stands_above_a_ceiling_without_a_second_signature():
    scene = Scene(endowed=300_000)
    first = above(scene)
    more = {"amount": Decimal(80_000), "reason": REASON, "version": 1, "actor": scene.manager}
    with pytest.raises(Refused, match="Au plus 60"):
        revise(first, **more)
    with pytest.raises(IntegrityError, match="decision_within_its_ceiling"), transaction.atomic():
        Decision.objects.filter(pk=first.pk).update(amount=80_000)

    ask_exception(first, amount=Decimal(80_000), reason=REASON, actor=scene.manager)
    with pytest.raises(Refused, match="Au plus 60"):
        revise(scene.decisions()[0], **more)
    with pytest.raises(Refused, match="une autre personne la signe"):
        sign_exception(first, actor=scene.manager)
    with pytest.raises(IntegrityError, match="signed_by_a_second_person"), transaction.atomic():
        AidException.objects.update(signed_by=scene.manager, signed_at=timezone.now())
    sign_exception(first, actor=scene.second)

    assert revise(scene.decisions()[0], **more).amount == 80_000


@pytest.mark.parametrize(
    ("amount", "reason", "said"),
    [
        (Decimal(0), REASON, "supérieur à zéro"),
        (Decimal(-1), REASON, "supérieur à zéro"),
        (Decimal("1e13"), REASON, "supérieur à zéro"),
        (Decimal(100_001), REASON, "ne dépasse pas le montant demandé"),
        (Decimal(80_000), "  ", "Indiquez le motif"),
    ],
)
def test_an_exception_that_says_nothing_sound_is_refused(amount, reason, said):
    scene = Scene(endowed=300_000)
    first = above(scene)

    with pytest.raises(Refused, match=said):
        ask_exception(first, amount=amount, reason=reason, actor=scene.manager)


def test_ceilings_read_again_say_who_is_now_above(client):
    scene = Scene()
    allocation = scene.prepared()
    declare(scene.dossiers[0], received=290_000)

    over = reassess(allocation, actor=scene.manager)

    assert [one.dossier_id for one in over] == [scene.dossiers[0].pk]
    client.force_login(scene.manager)
    page = client.get(reverse("decisions:aid", args=[allocation.pk])).content.decode()
    assert "Au-dessus" in page
    assert "art. 3(2)" in page


def test_the_page_costs_the_same_for_one_and_three_dossiers(client, count_queries):
    one, three = Scene(scores=("4.2",)), Scene()
    counts = []
    for scene in (one, three):
        scene.ranked()
        prepare(scene.call, envelope=scene.envelope, actor=scene.manager)
        client.force_login(scene.manager)
        url = reverse("decisions:aid", args=[scene.call.allocation.pk])
        counts.append(count_queries(lambda url=url: client.get(url)))

    assert counts == [6, 6]
