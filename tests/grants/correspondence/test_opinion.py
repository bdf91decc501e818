"""A link to one dossier: signed, kept as a digest, for some days, until used or closed."""

import re
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from accounts.access import Refused
from accounts.notifications import sending
from accounts.notifications.models import Letter, Notification
from grants.correspondence import operations
from grants.correspondence.links import digest_of, new_token
from grants.correspondence.models import Opinion
from grants.dossiers.models import Document
from grants.dossiers.operations import save_answer, submit
from grants.programmes.states import Role
from tests.factories import SMALL_FORM, make_call, make_dossier, make_staff, make_user

pytestmark = pytest.mark.django_db
PRIVATE = [
    {"key": "team", "kind": "short_text", "label": "Équipe", "confidentiality": "personal"},
    {"key": "iban", "kind": "short_text", "label": "Compte", "confidentiality": "bank"},
    {"key": "rib", "kind": "file", "label": "RIB", "confidentiality": "bank"},
]


@pytest.fixture
def author():
    return make_user()


@pytest.fixture
def dossier(author):
    section = SMALL_FORM["sections"][0]
    form = {"sections": [{**section, "questions": [*section["questions"], *PRIVATE]}]}
    dossier = make_dossier(author=author, call=make_call(definition=form))
    for key, text in {
        "title": "Pompe solaire", "eligible_base": "2000", "requested": "1000",
        "team": "Alice Personnelle", "iban": "FR7612345",
    }.items():  # fmt: skip
        save_answer(dossier, key, text, version=0, actor=author)
    for key in ("accounts", "rib"):
        Document.objects.create(
            dossier=dossier, key=key, name=f"{key}.pdf", kind="application/pdf", size=4,
            sha256="0" * 64, file=ContentFile(b"%PDF", name=f"{key}.pdf"), uploaded_by=author,
        )  # fmt: skip
    submit(dossier, actor=author)
    return dossier


@pytest.fixture
def officer(dossier):
    return make_staff(dossier.call.programme, Role.OFFICER)


@pytest.fixture
def asked(dossier, officer):
    return operations.ask_opinion(
        dossier, expert_name="Ada L.", email="ada@exemple.fr", question="Est-ce nouveau ?",
        expires_at=timezone.now() + timedelta(days=2), actor=officer,
    )  # fmt: skip


def page_of(token):
    return reverse("correspondence:opinion", args=[token])


def test_the_link_is_written_in_the_letter_alone_and_forgotten_once_sent(asked):
    opinion, token = asked
    letter = Letter.objects.get(address="ada@exemple.fr")

    assert page_of(token) in letter.text
    assert token not in str(vars(opinion))
    assert opinion.digest == digest_of(token)
    sending.send(letter.pk)
    letter.refresh_from_db()
    assert (bool(letter.sent_at), letter.text, letter.html) == (True, "", "")


def test_an_expert_undertakes_reads_and_answers(client, asked, officer):
    opinion, token = asked
    before = client.get(page_of(token)).content.decode()
    assert "Votre engagement" in before
    assert "Pompe solaire" not in before

    client.post(page_of(token), {"act": "undertake", "agree": "yes"})
    page = client.get(page_of(token)).content.decode()
    assert "Pompe solaire" in page
    assert "accounts.pdf" in page
    for withheld in ("Alice Personnelle", "FR7612345", "rib.pdf"):
        assert withheld not in page

    thanks = client.post(page_of(token), {"act": "answer", "text": "Oui, nouveau."})
    opinion.refresh_from_db()
    assert "Merci" in thanks.content.decode()
    assert opinion.answer == "Oui, nouveau."
    assert Notification.objects.get(kind="opinion_answered").recipient == officer
    assert client.get(page_of(token)).status_code == 404


def test_nothing_is_read_before_the_undertaking(client, asked, dossier):
    _opinion, token = asked

    page = client.post(page_of(token), {"act": "undertake"}).content.decode()
    assert "Cochez la case" in page
    page = client.post(page_of(token), {"act": "answer", "text": "x"}).content.decode()
    assert "Signez d’abord" in page
    assert document(client, token, dossier, "accounts") == 404


def document(client, token, dossier, key):
    pk = dossier.documents.get(key=key).pk
    response = client.get(reverse("correspondence:opinion_document", args=[token, pk]))
    for close in response._resource_closers:
        close()
    return response.status_code


def test_files_open_as_far_as_answers_do(client, asked, dossier):
    opinion, token = asked
    operations.undertake(opinion)
    elsewhere = make_dossier(state="draft")
    Document.objects.create(
        dossier=elsewhere, key="accounts", name="a.pdf", kind="application/pdf", size=4,
        sha256="0" * 64, file=ContentFile(b"%PDF", name="b.pdf"), uploaded_by=elsewhere.created_by,
    )  # fmt: skip

    assert document(client, token, dossier, "accounts") == 200
    assert document(client, token, dossier, "rib") == 404
    assert document(client, token, elsewhere, "accounts") == 404


def closed_in_every_way(opinion, officer):
    now = timezone.now()
    return {
        "revoked": lambda: operations.revoke(opinion, actor=officer),
        "late": lambda: Opinion.objects.update(
            asked_at=now - timedelta(days=9), expires_at=now - timedelta(seconds=1)
        ),
        "answered": lambda: operations.answer(opinion, "Oui."),
    }


@pytest.mark.parametrize("way", ["revoked", "late", "answered"])
def test_a_closed_link_opens_nothing_at_once(client, asked, officer, dossier, way):
    opinion, token = asked
    operations.undertake(opinion)
    assert client.get(page_of(token)).status_code == 200

    closed_in_every_way(opinion, officer)[way]()

    answers = [
        client.get(page_of(token)),
        client.post(page_of(token), {"act": "answer", "text": "Encore"}),
        client.get(page_of(new_token())),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    csrf = re.compile(r'"[A-Za-z0-9]{64}"')
    assert csrf.sub("", answers[0].content.decode()) == csrf.sub("", answers[2].content.decode())
    assert document(client, token, dossier, "accounts") == 404


@pytest.mark.parametrize("token", ["x", "a.b", "é", "../..", "0" * 5000])
def test_a_forged_link_costs_no_query(client, asked, token, count_queries):
    assert digest_of(token) is None
    if "/" not in token:
        assert client.get(page_of(token)).status_code == 404
        assert count_queries(lambda: client.get(page_of(token))) == 0


def test_the_page_is_kept_by_no_cache_and_told_to_no_site(client, asked):
    response = client.get(page_of(asked[1]))

    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response["X-Robots-Tag"]


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("expert_name", "", "obligatoire"),
        ("email", "pas une adresse", "valide"),
        ("question", "x" * 2001, "2000"),
        ("expires_at", "2020-01-01T12:00", "dans les 60 jours"),
        ("expires_at", "2099-01-01T12:00", "dans les 60 jours"),
        ("expires_at", "2027-03-28T02:30", "n’existe pas"),
    ],
)
def test_a_wrong_request_is_explained(client, dossier, officer, field, value, told):
    client.force_login(officer)
    until = timezone.localtime() + timedelta(days=5)
    fields = {
        "expert_name": "Ada", "email": "ada@exemple.fr", "question": "?",
        "expires_at": f"{until:%Y-%m-%dT%H:%M}", field: value,
    }  # fmt: skip

    page = client.post(reverse("correspondence:ask_opinion", args=[dossier.pk]), fields)

    assert told in page.content.decode()
    assert not Opinion.objects.exists()


def test_an_officer_asks_from_the_page(client, dossier, officer):
    client.force_login(officer)
    until = timezone.localtime() + timedelta(days=5)
    fields = {
        "expert_name": "Ada", "email": "ada@exemple.fr", "question": "Est-ce neuf ?",
        "expires_at": f"{until:%Y-%m-%dT%H:%M}",
    }  # fmt: skip

    client.post(reverse("correspondence:ask_opinion", args=[dossier.pk]), fields)

    assert Opinion.objects.get().asked_by == officer
    page = client.get(reverse("correspondence:thread", args=[dossier.pk])).content.decode()
    assert "Fermer le lien de Ada" in page


def test_an_opinion_is_revoked_once(asked, officer):
    opinion, _token = asked
    operations.revoke(opinion, actor=officer)

    with pytest.raises(Refused, match="déjà fermé"):
        operations.revoke(opinion, actor=officer)


def test_the_database_takes_no_answer_without_undertaking(asked):
    with pytest.raises(IntegrityError, match="opinion_answered_under_its_undertaking"):
        Opinion.objects.update(answer="Oui", answered_at=timezone.now())


def test_an_undertaking_is_dated_once_and_a_closed_link_takes_none(asked, officer):
    opinion, _token = asked
    first = operations.undertake(opinion).undertaken_at
    assert operations.undertake(opinion).undertaken_at == first

    operations.revoke(opinion, actor=officer)
    with pytest.raises(Refused, match="n’est plus valable"):
        operations.undertake(opinion)


def test_nothing_is_read_outside_before_a_deposit(officer, dossier):
    draft = make_dossier(state="submitted", call=dossier.call)

    with pytest.raises(Refused, match="aucune version déposée"):
        operations.ask_opinion(
            draft, expert_name="Ève Roux", email="eve@exemple.fr", question="?",
            expires_at=timezone.now() + timedelta(days=3), actor=officer,
        )  # fmt: skip
