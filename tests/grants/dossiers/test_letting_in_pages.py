"""A late access on the pages of the company, of the funder and of the manager who grants it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.access import Refused
from grants.dossiers.operations import submit
from grants.dossiers.records import LateAccess
from grants.programmes.states import Role
from tests.factories import make_staff
from tests.grants.dossiers.test_letting_in import HOUR, grant, late

__all__ = ["late"]  # the fixture of the same scene

pytestmark = pytest.mark.django_db


def test_company_sees_its_new_limit_and_can_go_on(client, late):
    dossier, manager = late
    address = reverse("dossiers:detail", args=[dossier.pk])
    client.force_login(dossier.author)
    before = client.get(address).content.decode()
    access = grant(dossier, manager)
    after = client.get(address).content.decode()

    assert "Le délai est passé depuis le" in before
    assert "La Région vous accorde un délai supplémentaire" in after
    assert "Panne du service le dernier jour" in after
    assert f'data-countdown="{timezone.localtime(access.until).isoformat()}"' in after or (
        f'data-countdown="{access.until.isoformat()}"' in after
    )
    assert "À déposer avant le" in after


def test_funder_reads_who_granted_it_and_why(client, late):
    dossier, manager = late
    grant(dossier, manager)
    submit(dossier, actor=dossier.author)
    client.force_login(make_staff(dossier.call.programme, Role.OFFICER))

    page = client.get(reverse("dossiers:detail", args=[dossier.pk])).content.decode()

    assert "Délai supplémentaire" in page
    assert f"{manager}" in page
    assert "Panne du service le dernier jour" in page


def fields(dossier, **more):
    until = timezone.localtime(timezone.now() + 48 * HOUR).strftime("%Y-%m-%dT%H:%M")
    return {"reference": dossier.reference, "until": until, "reason": "Panne", **more}


def test_manager_grants_and_takes_back_from_the_page(client, late):
    dossier, manager = late
    address = reverse("dossiers:late", args=[dossier.call_id])
    client.force_login(manager)
    typed = fields(dossier, reference=f" {dossier.reference.lower()} ")

    granted = client.post(address, typed, follow=True).content.decode()
    end = reverse("dossiers:end_late", args=[dossier.pk])
    mute = client.post(end, {"reason": "  "}, follow=True).content.decode()
    ended = client.post(end, {"reason": "Erreur"}, follow=True).content.decode()

    assert "peut de nouveau être déposé" in granted
    assert "Retirer ce délai" in granted
    assert "Écrivez pourquoi" in mute
    assert "Le délai est retiré" in ended
    assert "Retirer ce délai" not in ended
    dossier.refresh_from_db()
    assert dossier.late_until is None


def test_page_names_those_who_came_late_and_shows_nothing_of_their_draft(client, late):
    dossier, manager = late
    with pytest.raises(Refused):
        submit(dossier, actor=dossier.author)
    client.force_login(manager)

    page = client.get(reverse("dossiers:late", args=[dossier.call_id])).content.decode()

    assert dossier.reference in page
    assert dossier.title not in page
    assert client.get(reverse("dossiers:detail", args=[dossier.pk])).status_code == 404


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"reference": "AP0-1"}, "Aucun dossier de cet appel"),
        ({"reference": "١٢"}, "Aucun dossier de cet appel"),
        ({"reference": ""}, "Écrivez la référence"),
        ({"until": "2020-01-01T12:00"}, "date à venir"),
        ({"until": "2027-03-28T02:30"}, "n’existe pas"),
        ({"until": "demain"}, "Écrivez un jour et une heure"),
        ({"until": "99999-01-01T00:00"}, "Écrivez un jour et une heure"),
        ({"reason": ""}, "Écrivez pourquoi"),
        ({"reason": "x" * 501}, "500"),
    ],
)
def test_wrong_words_are_told_at_their_field(client, late, typed, sentence):
    dossier, manager = late
    client.force_login(manager)

    response = client.post(
        reverse("dossiers:late", args=[dossier.call_id]), fields(dossier, **typed)
    )

    [name] = typed
    assert response.status_code == 200
    assert sentence in response.context["form"].errors[name][0]
    assert f'href="#id_{name}"' in response.content.decode()
    assert LateAccess.objects.count() == 0


def test_page_costs_the_same_for_one_and_three_grants(client, count_queries, late):
    dossier, manager = late
    address = reverse("dossiers:late", args=[dossier.call_id])
    grant(dossier, manager)
    client.force_login(manager)
    one = count_queries(lambda: client.get(address))
    grant(dossier, manager, hours=48)
    grant(dossier, manager, hours=72)

    assert count_queries(lambda: client.get(address)) == one == 6
