"""Many admissions at once: foretold, confirmed, each one alone, never past its checklist."""

import pytest
from django.urls import reverse

from accounts.notifications.models import Notification
from grants.programmes.checks import CheckLine
from grants.screening import operations
from grants.screening.lines import items_of
from grants.screening.models import Check
from tests.factories import make_call, make_dossier

pytestmark = pytest.mark.django_db
ADMIT = "/instruction/recevables/"


@pytest.fixture
def short(call):
    """A checklist of two lines."""
    for key in ("kbis", "siret"):
        CheckLine.objects.create(call=call, key=key, label=key.title())
    return call


def make_checked(call, **answers):
    dossier = make_dossier(call=call, state="submitted", title=f"Projet {len(answers)}")
    for key, outcome in answers.items():
        Check.objects.create(
            dossier=dossier, key=key, outcome=outcome, checked_by=dossier.created_by
        )
    return dossier


@pytest.fixture
def three(short):
    """Ready, unfinished, failing."""
    return (
        make_checked(short, kbis="met", siret="not_applicable"),
        make_checked(short, kbis="met"),
        make_checked(short, kbis="met", siret="not_met"),
    )


def post(client, *dossiers, **fields):
    return client.post(ADMIT, {"dossier": [d.pk for d in dossiers], **fields}, follow=True)


def states(*dossiers):
    for dossier in dossiers:
        dossier.refresh_from_db()
    return [dossier.state for dossier in dossiers]


def test_what_would_happen_is_shown_and_nothing_is_done(client, officer, three):
    response = post(client, *three)

    assert response.context["ready"] == [three[0]]
    reasons = {d: reason.replace("\u202f", " ") for d, reason in response.context["refused"]}
    assert reasons == {three[1]: "Sans réponse : Siret.", three[2]: "Non conforme : Siret."}
    assert states(*three) == ["submitted"] * 3
    assert not Notification.objects.exists()


def test_confirmed_only_finished_checklists_are_admitted(client, officer, three):
    page = post(client, *three, confirmed="yes").content.decode().replace("\u202f", " ")

    assert states(*three) == ["admissible", "submitted", "submitted"]
    assert "1 dossier est recevable. L’entreprise est prévenue." in page
    assert f"{three[1].reference} — Le dossier ne peut pas être déclaré recevable." in page
    assert "Sans réponse : Siret." in page
    assert "Non conforme : Siret." in page
    assert Notification.objects.count() == 1


def test_a_second_press_admits_nobody_twice(client, officer, three):
    post(client, three[0], confirmed="yes")
    page = post(client, three[0], confirmed="yes").content.decode()

    assert "L’état « Recevable » ne permet pas" in page.replace("\u202f", " ").replace("\xa0", " ")
    assert Notification.objects.count() == 1


def test_each_call_keeps_its_own_checklist(client, programme, officer, three):
    other = make_call(programme)
    usual = make_checked(other, **{item.key: "met" for item in items_of(other.pk)})
    lacking = make_checked(other, kbis="met", siret="met")

    foreseen = operations.foretell_admission([three[0], usual, lacking])

    assert foreseen.done == [three[0], usual]
    assert [dossier for dossier, _reason in foreseen.refused] == [lacking]


@pytest.mark.parametrize("typed", [[], ["x", "-1", "٣"], ["9" * 30]])
def test_nothing_ticked_is_said(client, officer, typed):
    page = client.post(ADMIT, {"dossier": typed}, follow=True).content.decode()

    assert "Cochez au moins un dossier" in page


def test_the_queue_offers_it_to_those_who_may_choose(client, officer, three):
    page = client.get("/instruction/").content.decode()

    assert f'formaction="{reverse("screening:admit_many")}"' in page


def test_foretelling_costs_the_same_for_one_and_three(client, officer, short, count_queries):
    one = [make_checked(short, kbis="met")]
    more = [make_checked(short, kbis="met", siret="met") for _n in range(2)]
    first = count_queries(lambda: post(client, *one))

    assert count_queries(lambda: post(client, *one, *more)) == first == 7
