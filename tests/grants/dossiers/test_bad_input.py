"""What people and programs send that nobody should: through the addresses, with and without script.

Each time a sentence in French at the field, the text kept, and never an error of ours.
"""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.organisations.models import Membership
from grants.dossiers.operations import save_answer, submit
from grants.formbuilder import operations as forms
from grants.formbuilder.building import digest
from tests.factories import join, make_user
from tests.grants.dossiers.complete import PDF, make_draft, make_ready, upload
from tests.grants.dossiers.test_documents import packed
from tests.grants.dossiers.test_pages import autosave, page, post
from tests.grants.formbuilder.scene import make_scene, seen, stored

pytestmark = pytest.mark.django_db
NUMBER = "Écrivez un nombre entier"
MONEY = "Écrivez un montant"
LATIN, ARABIC = "12", "١٢"

# Filled in from the register when a dossier begins: the page sends it back.
KNOWN = {"department": "31", "version-department": "1"}

WRONG = [
    ("budget", "requested", "1e5", MONEY),
    ("budget", "requested", "NaN", MONEY),
    ("budget", "requested", "Infinity", MONEY),
    ("budget", "requested", ARABIC, MONEY),
    ("budget", "requested", "-1", "négatif"),
    ("budget", "requested", "9" * 400, MONEY),
    ("impact", "jobs", "1e5", NUMBER),
    ("impact", "jobs", "NaN", NUMBER),
    ("impact", "jobs", ARABIC, NUMBER),
    ("impact", "jobs", "1 000,50", NUMBER),
    ("projet", "starts_on", "29/02/2027", "n’existe pas"),
    ("projet", "starts_on", "2027-02-29", "n’existe pas"),
    ("projet", "starts_on", "31/02/2028", "n’existe pas"),
    ("projet", "title", "a\u202eb", "inverse la lecture"),
    ("projet", "title", "a\u2066b", "inverse la lecture"),
    ("projet", "title", "a\x07b", "invisible interdit"),
    ("projet", "innovation", "x" * 20_001, "trop long"),
]


@pytest.fixture
def draft(client):
    dossier = make_draft()
    client.force_login(dossier.author)
    return dossier


@pytest.mark.parametrize(("section", "key", "typed", "sentence"), WRONG)
def test_wrong_text_is_told_at_the_field_while_typing(client, draft, section, key, typed, sentence):
    response = autosave(client, draft, key, typed)

    assert response.status_code == 200
    [told] = response.json()["errors"]
    assert sentence in told
    assert draft.answers.get(key=key).value == {"raw": typed}


@pytest.mark.parametrize(("section", "key", "typed", "sentence"), WRONG)
def test_wrong_text_is_told_at_the_field_without_script(
    client, draft, section, key, typed, sentence
):
    fields = {**KNOWN, key: typed, f"version-{key}": "0"}

    response = post(client, "section", draft, fields, section)

    text = response.content.decode()
    assert response.status_code == 422
    assert response.context["form"].errors[key]
    assert sentence in str(response.context["form"].errors[key])
    assert re.search(rf'<a[^>]+href="#id_{key}', text)
    assert draft.answers.get(key=key).value == {"raw": typed}


@pytest.mark.parametrize(
    ("section", "key", "typed", "kept"),
    [
        ("budget", "requested", "1 000,50", "1000.50"),
        ("budget", "requested", "1\u202f000,50\u202f€", "1000.50"),
        ("budget", "requested", "-0", "0.00"),
        ("impact", "jobs", "-0", 0),
        ("projet", "starts_on", "29/02/2028", "2028-02-29"),
        ("projet", "title", "\u200fÉclat\u200e", "Éclat"),
    ],
)
def test_odd_but_right_text_is_read(client, draft, section, key, typed, kept):
    autosave(client, draft, key, typed)
    assert draft.answers.get(key=key).value == kept

    post(client, "section", draft, {key: typed, f"version-{key}": "1"}, section)
    assert draft.answers.get(key=key).value == kept


def encoded(client, address, body):
    return client.post(address, body, content_type="application/x-www-form-urlencoded")


def test_half_a_letter_stops_no_page(client, draft):
    address = reverse("dossiers:section", args=[draft.pk, "projet"])

    response = encoded(
        client, address, "title=a%ED%A0%80b&version-title=0&department=31&version-department=1"
    )

    assert response.status_code == 302
    assert draft.answers.get(key="title").value == "a\ufffd\ufffd\ufffdb"


def test_nul_is_told_at_the_field_and_the_rest_is_kept(client, draft):
    fields = {**KNOWN, "title": "Hydro\0gène", "innovation": "Un procédé", "version-title": "0"}

    response = post(client, "section", draft, fields, "projet")

    assert response.status_code == 422
    assert "invisible interdit" in str(response.context["form"].errors["title"])
    assert draft.answers.get(key="title").value == {"raw": "Hydro\ufffdgène"}
    assert draft.answers.get(key="innovation").value == "Un procédé"


@pytest.mark.parametrize("fields", [{"a\0": "x"}, {"title": "x", "\0": ""}])
def test_nul_in_the_name_of_a_field_changes_nothing(client, draft, fields):
    assert post(client, "section", draft, fields, "projet").status_code == 400
    assert not draft.answers.filter(key="title").exists()


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [("x" * 501, "500"), ("a\u202eb", "inverse la lecture"), ("a\0b", "invisible interdit")],
)
def test_withdrawal_with_an_odd_reason_is_told_at_its_field(client, draft, reason, sentence):
    response = post(client, "withdraw", draft, {"reason": reason})

    draft.refresh_from_db()
    assert (response.status_code, draft.state) == (200, "draft")
    assert sentence in response.context["form"].errors["reason"][0]
    assert f">\n{reason}</textarea>" in response.content.decode()
    assert 'href="#id_reason"' in response.content.decode()


@pytest.mark.parametrize(
    ("name", "key", "args"), [("withdraw", "reason", []), ("section", "title", ["projet"])]
)
def test_ten_megabytes_are_refused_with_a_page_that_says_how_much(client, draft, name, key, args):
    response = post(client, name, draft, {key: "é" * 5_000_000}, *args)

    draft.refresh_from_db()
    assert (response.status_code, draft.state) == (413, "draft")
    assert "joignez-le en pièce" in response.content.decode()
    assert not draft.answers.filter(key="title").exists()


@pytest.mark.parametrize("after", ["", "-1", "1e5", "NaN", ARABIC, "9" * 999])
def test_submission_with_an_odd_counter_hands_in_once(client, after):
    dossier = make_ready()
    client.force_login(dossier.author)

    for _n in range(2):
        assert post(client, "submit", dossier, {"after": after}).url == dossier.get_absolute_url()

    assert dossier.submissions.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("vide.pdf", b"", "Ce fichier est vide"),
        ("menteur.pdf", b"MZ" + b"\0" * 200, "ne correspond pas"),
        ("polyglotte.pdf", b"<html><script>x</script>" + PDF, "ne correspond pas"),
        ("polyglotte.docx", PDF + packed("word/document.xml"), "ne correspond pas"),
        ("lourd.pdf", PDF + b"0" * 26 * 1024 * 1024, "25 Mo"),
        ("kbis.exe", PDF, "n’est pas accepté"),
    ],
)
def test_bad_file_is_told_at_its_section_and_kept_nowhere(client, draft, name, content, sentence):
    response = post(client, "attach", draft, {"key": "kbis", "file": upload(name, content)})

    assert response.url.endswith("/sections/pieces/#div_id_kbis")
    assert sentence in client.get(response.url).content.decode()
    assert draft.documents.count() == 0


def test_reader_changes_nothing_by_any_address(client):
    dossier = make_ready()
    join(reader := make_user(), dossier.organisation, Membership.Role.READER)
    client.force_login(reader)
    before = list(dossier.answers.order_by("key").values_list("key", "value", "version"))

    answers = [
        autosave(client, dossier, "title", "x", 1),
        post(client, "section", dossier, {"title": "x"}, "projet"),
        post(client, "attach", dossier, {"key": "bank", "file": upload()}),
        post(client, "remove", dossier, {}, dossier.documents.first().pk),
        post(client, "submit", dossier, {"after": "0"}),
        post(client, "withdraw", dossier, {"reason": "x"}),
    ]

    dossier.refresh_from_db()
    assert [answer.status_code for answer in answers] == [403] * len(answers)
    assert dossier.state == "draft"
    assert before == list(dossier.answers.order_by("key").values_list("key", "value", "version"))


def test_form_revised_under_an_open_page_keeps_what_was_typed(client):
    call = make_scene()
    draft = make_draft(call=call)
    client.force_login(draft.author)
    page(client, "section", draft, "projet")
    forms.save_question(
        call, "aids", "projet", {**stored(call, "aids"), "words": 2},
        seen=seen(call, "aids"), actor=call.manager,
    )  # fmt: skip
    revised = call.forms.get(published_at=None)
    forms.publish_form(call, seen=digest(revised.definition), actor=call.manager)

    told = autosave(client, draft, "aids", "trois mots ici")
    shown = page(client, "section", draft, "projet").content.decode()

    assert "2 au plus" in told.json()["errors"][0]
    assert draft.answers.get(key="aids").value == {"raw": "trois mots ici"}
    assert "trois mots ici" in shown


def test_page_left_open_after_the_deadline_saves_nothing_and_says_when(client):
    dossier = make_draft()
    save_answer(dossier, "title", "Gardé", version=0, actor=dossier.author)
    past = timezone.now() - timedelta(seconds=1)
    type(dossier.call).objects.filter(pk=dossier.call_id).update(closes_at=past)
    client.force_login(dossier.author)

    response = post(client, "section", dossier, {"title": "Tard", "version-title": "1"}, "projet")

    assert response.status_code == 409
    assert "heure de Paris" in response.content.decode()
    assert 'value="Tard"' in response.content.decode()
    assert dossier.answers.get(key="title").value == "Gardé"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_two_submissions_and_a_withdrawal_are_posted_at_the_same_instant(attempt):
    dossier = make_ready()
    gate = Barrier(3)

    def press(name, fields):
        browser = Client()
        browser.force_login(dossier.author)
        gate.wait()
        try:
            return post(browser, name, dossier, fields).status_code
        finally:
            connection.close()

    presses = [
        ("submit", {"after": "0"}),
        ("withdraw", {"reason": "x"}),
        ("submit", {"after": "0"}),
    ]
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda one: press(*one), presses))

    dossier.refresh_from_db()
    steps = list(dossier.history.values_list("step", flat=True))
    assert answers == [302, 302, 302]
    assert dossier.state == "withdrawn"
    assert steps in (["withdraw"], ["submit", "withdraw"])
    assert dossier.submissions.count() == steps.count("submit")


def test_receipt_of_a_title_full_of_tricks_is_readable(client):
    dossier = make_ready()
    client.force_login(dossier.author)
    autosave(client, dossier, "title", '<b>"é"</b> #read("x") $y$ 漢字', 1)
    submit(dossier, actor=dossier.author)

    for name in ("dossier", "receipt", "receipt_pdf"):
        args = [dossier.pk] if name == "dossier" else [dossier.pk, 1]
        response = client.get(reverse(f"tracking:{name}", args=args))
        assert response.status_code == 200, name
        assert b"<b>" not in response.content.split(b"<main")[-1], name
