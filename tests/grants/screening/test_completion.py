"""Asking question by question; what the company reads; what the officer sees change."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.notifications.models import Notification
from grants.dossiers.models import Submission
from grants.dossiers.operations import save_answer, submit
from grants.programmes.states import Role
from grants.screening import operations
from tests.factories import make_dossier, make_staff, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return make_user()


@pytest.fixture
def dossier(author):
    """Handed in through its operation: answers, content and digest are real."""
    dossier = make_dossier(author=author)
    for key, text in {
        "title": "Pompe à chaleur", "summary": "Nous vendons dix pompes par an.",
        "eligible_base": "200000", "requested": "100000",
    }.items():  # fmt: skip
        save_answer(dossier, key, text, version=0, actor=author)
    submit(dossier, actor=author)
    return dossier


@pytest.fixture
def officer(dossier):
    return make_staff(dossier.call.programme, Role.OFFICER)


def ask(dossier, officer, **overrides):
    values = {
        "message": "Deux points à préciser.",
        "questions": ["summary"],
        "notes": {"summary": "Combien de pompes ?", "title": "jamais demandé"},
        "due_at": timezone.now() + timedelta(days=10),
        **overrides,
    }
    return operations.ask_completion(dossier, actor=officer, **values)


def answer(dossier, author):
    save_answer(dossier, "summary", "Nous vendons vingt pompes par an.", version=1, actor=author)
    return submit(dossier, actor=author)


def test_the_company_reads_what_is_missing_beside_each_question(client, dossier, officer, author):
    ask(dossier, officer)
    client.force_login(author)

    page = client.get(dossier.get_absolute_url()).content.decode()
    section = client.get(reverse("dossiers:section", args=[dossier.pk, "projet"])).content.decode()

    assert (
        f'href="{reverse("dossiers:section", args=[dossier.pk, "projet"])}#div_id_summary"' in page
    )
    assert page.count("Combien de pompes ?") == section.count("Combien de pompes ?") == 1
    assert "jamais demandé" not in page + section
    assert (
        "- Résumé\u202f: Combien de pompes ?"
        in Notification.objects.get(kind="completion_asked", recipient=author).body
    )


def test_only_what_was_asked_changes_and_in_private(client, dossier, officer, author):
    ask(dossier, officer)
    save_answer(dossier, "summary", "Pas encore envoyé.", version=1, actor=author)
    client.force_login(officer)

    pages = [
        client.get(reverse(name, args=[dossier.pk])).content.decode()
        for name in ("screening:dossier", "dossiers:detail", "screening:versions")
    ]

    assert [page.count("Pas encore envoyé") for page in pages] == [0, 0, 0]


def test_the_officer_sees_the_words_that_changed(client, dossier, officer, author, count_queries):
    ask(dossier, officer)
    answer(dossier, author)
    client.force_login(officer)

    url = reverse("screening:versions", args=[dossier.pk])
    page = client.get(url).content.decode()

    assert "Nous vendons <del>dix </del><ins>vingt </ins>pompes par an." in page
    assert "Pompe à chaleur</p>" not in page.split("answer-text")[1]
    assert count_queries(lambda: client.get(url)) == 5


def test_the_difference_escapes_what_was_typed(client, dossier, officer, author):
    ask(dossier, officer)
    save_answer(dossier, "summary", "<script>alert(1)</script>", version=1, actor=author)
    submit(dossier, actor=author)
    client.force_login(officer)

    page = client.get(reverse("screening:versions", args=[dossier.pk])).content.decode()

    assert "<ins>&lt;script&gt;" in page


@pytest.mark.parametrize("query", ["", "?de=9&a=1", "?de=x&a=NaN", "?de=1&a=99999999999999"])
def test_odd_versions_are_the_last_two(client, dossier, officer, author, query):
    ask(dossier, officer)
    answer(dossier, author)
    client.force_login(officer)

    context = client.get(reverse("screening:versions", args=[dossier.pk]) + query).context

    assert (context["before"], context["after"]) == (1, 2)


def test_one_version_has_nothing_to_compare(client, dossier, officer):
    client.force_login(officer)

    page = client.get(reverse("screening:versions", args=[dossier.pk])).content.decode()

    assert "Une seule version" in page


@pytest.mark.parametrize(("effect", "stops"), [("restart", True), ("suspend", True)])
def test_the_dossier_shows_its_delay_and_why(client, dossier, officer, author, effect, stops):
    client.force_login(officer)
    url = reverse("screening:dossier", args=[dossier.pk])
    assert "le silence vaut rejet le" in client.get(url).content.decode()

    ask(dossier, officer, effect=effect)
    page = client.get(url).content.decode()
    assert "Délai arrêté" in page
    assert "articles L. 231-4" in page
    answer(dossier, author)

    assert Submission.objects.count() == 2
    assert "le silence vaut rejet le" in client.get(url).content.decode()


def test_a_decided_dossier_has_no_delay_any_more(client, dossier, officer):
    operations.reject(dossier, reason="Trop vieille.", actor=officer)
    client.force_login(officer)

    page = client.get(reverse("screening:dossier", args=[dossier.pk])).content.decode()

    assert "silence vaut rejet" not in page


def test_the_form_keeps_the_notes_typed(client, dossier, officer):
    client.force_login(officer)
    url = reverse("screening:ask_completion", args=[dossier.pk])
    fields = {"questions": ["summary"], "note-summary": "Précisez <b>", "message": ""}

    page = client.post(url, fields).content.decode()

    assert 'value="Précisez &lt;b&gt;"' in page
    assert "is-invalid" in page
