"""What the script of a section page is told."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from accounts.organisations.models import Membership
from grants.dossiers.operations import save_answer
from tests.factories import join, make_user
from tests.grants.dossiers.complete import make_draft
from tests.grants.dossiers.test_pages import autosave, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(client):
    dossier = make_draft()
    client.force_login(dossier.author)
    return dossier


@pytest.fixture
def colleague(draft):
    person = make_user(full_name="Paul Roux")
    join(person, draft.organisation)
    return person


def ask(client, dossier, **query):
    return client.get(reverse("dossiers:presence", args=[dossier.pk]), query)


def test_clash_tells_both_texts_word_by_word(client, draft, colleague):
    save_answer(draft, "innovation", "Un procédé de chauffe", version=0, actor=colleague)

    told = autosave(client, draft, "innovation", "Un procédé de froid").json()

    assert told["by"] == "Paul Roux"
    assert told["difference"] == [
        ["same", "Un procédé de "], ["first", "froid"], ["second", "chauffe"],
    ]  # fmt: skip


def test_clash_of_a_choice_is_told_in_its_words(client, draft, colleague):
    save_answer(draft, "stage", "mvp", version=0, actor=colleague)

    told = autosave(client, draft, "stage", "launch").json()

    assert told["theirs"] == "mvp"
    assert "mvp" not in {text for _kind, text in told["difference"]}


def test_merged_rows_come_back_to_the_table(client, draft, colleague):
    anna = '{"name": "Anna", "role": "PDG", "share": "10"}'
    paul = '{"name": "Paul", "role": "CTO", "share": "20"}'
    save_answer(draft, "team", f"[{anna}]", version=0, actor=colleague)

    told = autosave(client, draft, "team", f"[{paul}]").json()

    assert (told["version"], told["errors"], told["places"]) == (2, [], [1])
    assert told["merged"].index("Anna") < told["merged"].index("Paul")


def test_nobody_writes_in_the_name_of_who_signed_in_since(client, draft, colleague):
    fields = {"field": "title", "value": "x", "version": 0, "person": colleague.pk}

    response = post(client, "save", draft, fields)

    assert response.status_code == 401
    assert not draft.answers.filter(key="title").exists()


def test_ten_megabytes_are_refused_with_a_sentence(client, draft):
    fields = {"field": "innovation", "value": "é" * 5_000_000, "version": 0}
    address = reverse("dossiers:save", args=[draft.pk])

    script = client.post(address, fields, headers={"Accept": "application/json"})
    page = client.post(address, fields)

    assert (script.status_code, page.status_code) == (413, 413)
    assert script.json()["errors"] == ["Ce texte est trop long : 20 000 caractères au plus."]
    assert "trop long" in page.content.decode()


def test_too_long_a_text_is_kept_whole_beside_its_error(client, draft):
    told = autosave(client, draft, "innovation", "mot " * 6_000).json()

    assert told["errors"] == ["Ce texte est trop long : 20 000 caractères au plus."]
    assert len(draft.answers.get(key="innovation").value["raw"]) == 24_000


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\x07"])
def test_letters_that_deceive_are_told_at_the_field_and_kept(client, draft, sign):
    told = autosave(client, draft, "innovation", f"a{sign}b").json()

    assert len(told["errors"]) == 1
    assert draft.answers.get(key="innovation").value == {"raw": f"a{sign}b"}


def test_half_a_letter_is_read_as_a_letter_that_is_missing(client, draft):
    body = "field=innovation&version=0&value=a%ED%A0%80b"

    response = client.post(
        reverse("dossiers:save", args=[draft.pk]), body,
        content_type="application/x-www-form-urlencoded",
    )  # fmt: skip

    assert response.status_code == 200
    assert draft.answers.get(key="innovation").value.strip("ab") == "\ufffd" * 3


def test_who_is_here_is_told_with_the_place_and_forgotten_after_a_moment(client, draft, colleague):
    client.force_login(colleague)
    ask(client, draft, section="projet", field="title")
    client.force_login(draft.author)

    here = ask(client, draft, section="projet").json()["people"]
    cache.clear()

    assert here == [{
        "name": "Paul Roux", "section": "projet", "section_title": "Votre projet",
        "field": "title", "field_label": "Nom du projet",
    }]  # fmt: skip
    assert ask(client, draft).json()["people"] == []


def test_place_that_is_not_in_the_form_is_nowhere(client, draft, colleague):
    client.force_login(colleague)
    ask(client, draft, section="<b>", field="é" * 9_000)
    client.force_login(draft.author)

    [one] = ask(client, draft).json()["people"]

    assert (one["name"], one["section"], one["field"]) == ("Paul Roux", "", "")


def test_answers_saved_by_others_since_then_come_with_their_version(client, draft, colleague):
    before = ask(client, draft, section="projet").json()["now"]
    save_answer(draft, "title", "Hydrogène", version=0, actor=colleague)

    told = ask(client, draft, section="projet", since=before).json()["changed"]
    elsewhere = ask(client, draft, section="budget", since=before).json()["changed"]

    assert [(one["key"], one["text"], one["version"], one["by"]) for one in told][-1:] == [
        ("title", "Hydrogène", 1, "Paul Roux")
    ]
    assert elsewhere == []


@pytest.mark.parametrize("since", ["", "hier", "2027-13-45T00:00", "2027-01-01T00:00:00"])
def test_odd_instant_tells_nothing_and_stops_nothing(client, draft, since):
    assert ask(client, draft, section="projet", since=since).json()["changed"] == []


def test_left_colleagues_and_strangers_are_not_shown(client, draft, colleague):
    client.force_login(colleague)
    ask(client, draft, section="projet")
    Membership.objects.filter(user=colleague).update(left_at=timezone.now() - timedelta(days=1))
    left = ask(client, draft)
    client.force_login(draft.author)

    assert left.status_code == 404
    assert ask(client, draft).json()["people"] == []
