"""From the list of points to the receipt, or out of the call."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from grants.dossiers.operations import save_answer
from tests.grants.dossiers.complete import make_draft, make_ready
from tests.grants.dossiers.test_pages import autosave, draft, page, post

__all__ = ["draft"]  # the fixture of the same scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(client):
    dossier = make_ready()
    client.force_login(dossier.author)
    return dossier


def test_check_page_leads_to_each_field(client, draft):
    autosave(client, draft, "requested", "1e5")

    text = page(client, "check", draft).content.decode()

    assert f'href="/dossiers/{draft.pk}/sections/budget/#id_requested"' in text
    assert f'href="/dossiers/{draft.pk}/sections/equipe/#id_team-0-name"' in text
    assert f'href="/dossiers/{draft.pk}/sections/projet/#id_theme_0"' in text
    assert "Déposer le dossier" not in text
    for section, anchor in [("budget", "id_requested"), ("equipe", "id_team-0-name"),
                            ("projet", "id_theme_0"), ("pieces", "id_kbis")]:  # fmt: skip
        assert f'id="{anchor}"' in page(client, "section", draft, section).content.decode()


def test_ineligible_project_is_warned_and_may_still_be_submitted(client, ready):
    autosave(client, ready, "requested", "90 000", 1)

    text = page(client, "check", ready).content.decode()

    assert "ne semble pas éligible" in text
    assert "Déposer le dossier" in text


def test_double_click_on_submit_shows_one_receipt(client, ready):
    first = post(client, "submit", ready, {"after": "0"})
    second = post(client, "submit", ready, {"after": "0"})

    text = client.get(second.url, follow=True).content.decode()
    assert first.url == second.url
    assert ready.submissions.get().sha256 in text


def test_incomplete_submission_returns_to_the_list_of_points(client, draft):
    response = post(client, "submit", draft, {"after": "0"})

    assert response.url == reverse("dossiers:check", args=[draft.pk])
    assert "Il reste des réponses" in client.get(response.url).content.decode()


def test_withdrawal_is_confirmed_then_done(client, ready):
    asked = page(client, "withdraw", ready)
    post(client, "withdraw", ready, {"reason": "Projet arrêté"})

    ready.refresh_from_db()
    assert "définitivement" in asked.content.decode()
    assert ready.state == "withdrawn"
    assert post(client, "withdraw", ready).status_code == 302


def test_after_closing_nothing_is_lost_and_the_hour_is_told(client, settings):
    dossier = make_draft()
    save_answer(dossier, "title", "Gardé", version=0, actor=dossier.author)
    closing = timezone.now() - timedelta(minutes=5)
    type(dossier.call).objects.filter(pk=dossier.call_id).update(closes_at=closing)
    client.force_login(dossier.author)

    text = page(client, "detail", dossier).content.decode()
    late = autosave(client, dossier, "title", "Trop tard", 1)

    assert "Gardé" in text
    assert late.status_code == 422
    assert "heure de Paris" in late.json()["errors"][0]
