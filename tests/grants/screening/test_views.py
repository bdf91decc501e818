from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from grants.dossiers.models import Submission
from grants.dossiers.states import State
from grants.screening import operations
from grants.screening.checklist import ITEMS
from grants.screening.models import Check
from tests.factories import (
    make_dossier,
)

pytestmark = pytest.mark.django_db
QUEUE = "/instruction/"


@pytest.fixture
def dossier(call):
    return make_dossier(call=call, state="submitted")


def hand_in(dossier, **findings):
    return Submission.objects.create(
        dossier=dossier, version=1, at=timezone.now(), by=dossier.created_by, sha256="0" * 64,
        deadline_at=timezone.now() + timedelta(days=1),
        content={
            "answers": {"title": "Hydrogène & vert", "summary": "Un résumé."},
            "documents": [],
            "verdict": {"findings": [
                {"rule": rule, "outcome": outcome, "sentence": f"Phrase {rule}."}
                for rule, outcome in findings.items()
            ]},
        },
    )  # fmt: skip


def test_dossier_costs_the_same_with_one_and_three_controls(
    client, dossier, officer, count_queries
):
    url = reverse("screening:dossier", args=[dossier.pk])
    hand_in(dossier)
    operations.check(dossier, "siret", outcome="met", actor=officer)
    one = count_queries(lambda: client.get(url))
    operations.check(dossier, "age", outcome="met", actor=officer)
    operations.check(dossier, "size", outcome="met", actor=officer)

    assert count_queries(lambda: client.get(url)) == one == 10


def test_controls_stand_beside_the_verdict_and_the_answers(client, dossier, officer):
    hand_in(dossier, age="not_met", sme_size="met")

    page = client.get(reverse("screening:dossier", args=[dossier.pk])).content.decode()

    assert "Calcul défavorable" in page
    assert "Phrase age." in page
    assert "Hydrogène &amp; vert" in page


def test_a_control_is_saved_by_a_plain_button(client, dossier, officer):
    url = reverse("screening:check", args=[dossier.pk, "siret"])

    response = client.post(url, {"outcome": "met", "note": "Vu au répertoire."})

    assert response["Location"].endswith(f"/instruction/{dossier.pk}/#siret")
    assert dossier.checks.get().note == "Vu au répertoire."


def test_a_control_saved_by_htmx_answers_its_line_and_the_count(client, dossier, officer):
    url = reverse("screening:check", args=[dossier.pk, "siret"])

    page = client.post(url, {"outcome": "met"}, headers={"HX-Request": "true"}).content.decode()

    assert '<article class="criterion" id="siret">' in page
    assert "1\xa0contrôle fait sur 12." in page
    assert "<html" not in page


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"outcome": "not_met", "note": ""}, "Dites en une phrase"),
        ({"outcome": "peut-être", "note": "Gardé"}, "Choisissez une réponse"),
        ({"note": "Gardé"}, "Choisissez une réponse"),
        ({"outcome": "met", "note": "x" * 501}, "500 caractères"),
        ({"outcome": "met", "note": "Gard\0é"}, "retapez-le ici"),
    ],
)
@pytest.mark.parametrize("headers", [{"HX-Request": "true"}, {}], ids=["script", "plain"])
def test_a_wrong_control_is_explained_and_kept(client, dossier, officer, fields, told, headers):
    url = reverse("screening:check", args=[dossier.pk, "siret"])

    page = client.post(url, fields, headers=headers).content.decode()

    kept = fields["note"].replace("\0", "\ufffd")
    assert told in page
    assert page.count('id="siret-problem"') == 1
    assert f'id="siret-note" name="note" maxlength="500" value="{kept}"' in page
    assert not dossier.checks.exists()


def test_what_is_typed_in_a_control_cannot_leave_its_field(client, dossier, officer):
    url = reverse("screening:check", args=[dossier.pk, "siret"])

    kept = client.post(url, {"outcome": "?", "note": '"><script>'}, headers={"HX-Request": "true"})
    client.post(url, {"outcome": "not_met", "note": '"><script>'})
    page = client.get(reverse("screening:dossier", args=[dossier.pk])).content.decode()

    escaped = 'value="&quot;&gt;&lt;script&gt;"'
    assert escaped in kept.content.decode()
    assert escaped in page


def test_an_unknown_control_does_not_exist(client, dossier, officer):
    url = reverse("screening:check", args=[dossier.pk, "inconnu"])

    assert client.post(url, {"outcome": "met"}).status_code == 404


def asked(**overrides):
    due_at = timezone.localtime() + timedelta(days=10)
    return {
        "message": "Il manque les comptes.",
        "questions": ["accounts"],
        "due_at": f"{due_at:%Y-%m-%dT%H:%M}",
        "effect": "restart",
        **overrides,
    }


def test_an_officer_asks_for_a_completion(client, dossier, officer):
    client.post(reverse("screening:ask_completion", args=[dossier.pk]), asked())

    dossier.refresh_from_db()
    assert (dossier.state, dossier.reopened_questions) == (State.INCOMPLETE, {"accounts": ""})


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("message", "", "ce qui manque"),
        ("message", "x" * 4001, "4000"),
        ("questions", [], "Choisissez au moins une question"),
        ("questions", ["inconnue"], "n’en fait pas partie|valide"),
        ("due_at", "2027-03-28T02:30", "Cette heure n’existe pas"),
        ("due_at", "2020-01-01T12:00", "Laissez au moins un jour"),
        ("due_at", "2099-01-01T12:00", "90 jours"),
        ("effect", "jamais", "n’en fait pas partie|valide"),
        ("due_at", "demain", "Écrivez un jour et une heure"),
    ],
)
def test_a_wrong_request_is_explained_and_kept(client, dossier, officer, field, value, told):
    response = client.post(
        reverse("screening:ask_completion", args=[dossier.pk]), asked(**{field: value})
    )

    page = response.content.decode()
    dossier.refresh_from_db()
    assert any(words in page for words in told.split("|"))
    assert dossier.state == State.SUBMITTED
    assert response.context["form"]["message"].value() == asked(**{field: value})["message"]


def test_the_second_click_on_the_request_is_explained(client, dossier, officer):
    url = reverse("screening:ask_completion", args=[dossier.pk])

    client.post(url, asked())
    again = client.post(url, asked())

    assert "ne permet pas cette action" in again.content.decode()
    assert dossier.requests.count() == 1


def test_a_page_opened_too_late_says_so(client, call, officer):
    dossier = make_dossier(call=call, state="admissible")

    page = client.get(reverse("screening:reject", args=[dossier.pk])).content.decode()

    assert "Ce n’est plus possible" in page


def test_admitting_too_early_says_what_is_left(client, dossier, officer):
    operations.check(dossier, "siret", outcome="met", actor=officer)

    page = client.post(reverse("screening:admit", args=[dossier.pk]), follow=True).content.decode()

    assert "Sans réponse\u202f: Siège ou établissement en Occitanie" in page


def test_admitting_twice_is_refused_kindly(client, dossier, officer):
    for item in ITEMS:
        Check.objects.create(dossier=dossier, key=item.key, outcome="met", checked_by=officer)
    url = reverse("screening:admit", args=[dossier.pk])

    client.post(url)
    again = client.post(url, follow=True)

    assert "ne permet pas cette action" in again.content.decode()
    assert dossier.history.filter(step="admit").count() == 1


def test_rejecting_without_a_reason_keeps_the_page(client, dossier, officer):
    response = client.post(reverse("screening:reject", args=[dossier.pk]), {"reason": "  "})

    dossier.refresh_from_db()
    assert "obligatoire" in response.content.decode()
    assert dossier.state == State.SUBMITTED


def test_rejecting_shows_the_remedies_first(client, dossier, officer):
    url = reverse("screening:reject", args=[dossier.pk])
    assert "tribunal administratif" in client.get(url).content.decode()

    client.post(url, {"reason": "Plus de 8 ans."})

    dossier.refresh_from_db()
    assert dossier.state == State.INADMISSIBLE


def test_what_is_left_to_check_keeps_the_words_of_the_checklist(client, officer, dossier):
    hand_in(dossier)

    page = client.get(reverse("screening:dossier", args=[dossier.pk])).content.decode()

    assert "il reste : SIRET actif," in page.replace("\N{NARROW NO-BREAK SPACE}", " ")
