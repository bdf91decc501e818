"""Messages reach both sides, notes never leave the funder."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError
from django.urls import reverse
from django.utils import timezone

from accounts.access import Refused
from accounts.notifications.models import Letter, Notification
from grants.correspondence import operations
from grants.correspondence.models import Message, Note
from grants.dossiers.operations import save_answer, submit
from grants.programmes.states import Role
from grants.screening import operations as screening
from tests.factories import join, make_assignment, make_dossier, make_staff, make_user

pytestmark = pytest.mark.django_db
SECRET = "MOTSECRETINTERNE"


@pytest.fixture
def author():
    return make_user(full_name="Claire d’Arc & Co")


@pytest.fixture
def dossier(author):
    dossier = make_dossier(author=author)
    for key, text in {"title": "Pompe", "eligible_base": "2000", "requested": "1000"}.items():
        save_answer(dossier, key, text, version=0, actor=author)
    submit(dossier, actor=author)
    Notification.objects.all().delete()
    return dossier


@pytest.fixture
def officer(dossier):
    return make_staff(dossier.call.programme, Role.OFFICER)


def url(name, dossier):
    return reverse(f"correspondence:{name}", args=[dossier.pk])


def test_the_funder_writes_and_the_company_is_told(client, dossier, officer, author):
    client.force_login(officer)
    client.post(url("write", dossier), {"text": "Bonjour <b> & merci"})

    told = Notification.objects.get()
    assert told.recipient == author
    assert told.link == url("thread", dossier)
    assert "Bonjour <b> & merci" in told.body
    client.force_login(author)
    page = client.get(url("thread", dossier)).content.decode()
    assert "Bonjour &lt;b&gt; &amp; merci" in page
    assert str(officer) not in page


def test_the_company_writes_and_whoever_has_the_dossier_is_told(client, dossier, officer, author):
    colleague = make_staff(dossier.call.programme, Role.OFFICER)
    operations.write(dossier, "À tous", actor=author)
    assert {n.recipient for n in Notification.objects.all()} == {officer, colleague}

    screening.entrust(dossier, officer=colleague, actor=colleague)
    Notification.objects.all().delete()
    operations.write(dossier, "À vous", actor=author)

    assert Notification.objects.get().recipient == colleague
    assert list(Message.objects.values_list("is_from_funder", flat=True)) == [False, False]


@pytest.mark.parametrize("text", ["", "  \n", "x" * 4001])
def test_an_empty_or_endless_message_is_explained(client, dossier, officer, text):
    client.force_login(officer)

    page = client.post(url("write", dossier), {"text": text}, follow=True).content.decode()

    assert "Écrivez un message" in page or "4 000 caractères" in page
    assert not Message.objects.exists()


def test_readers_and_auditors_read_without_writing(dossier):
    reader, auditor = make_user(), make_staff(dossier.call.programme, Role.AUDITOR)
    join(reader, dossier.organisation, "reader")

    for actor in (reader, auditor):
        with pytest.raises(PermissionDenied):
            operations.write(dossier, "Bonjour", actor=actor)
        with pytest.raises(PermissionDenied):
            operations.note(dossier, "Bonjour", actor=actor)


@pytest.mark.parametrize("model", [Message, Note])
def test_the_database_changes_no_word(dossier, officer, model):
    operations.write(dossier, "Avant", actor=officer)
    operations.note(dossier, "Avant", actor=officer)

    with pytest.raises(ProgrammingError, match="Cannot update"):
        model.objects.update(text="Après")


def test_a_note_shows_to_the_people_of_the_programme(client, dossier, officer):
    operations.note(dossier, SECRET, actor=officer)

    for role in Role:
        client.force_login(make_staff(dossier.call.programme, role))
        assert SECRET in client.get(url("thread", dossier)).content.decode()


def faces(dossier):
    """Every page about a dossier that somebody outside the programme may open."""
    pk = dossier.pk
    names = ["dossiers:detail", "dossiers:answers", "tracking:dossier", "correspondence:thread"]
    yield from (reverse(name, args=[pk]) for name in names)
    yield from (reverse("dossiers:list"), reverse("notifications:inbox"), "/", "/accueil/")


def test_a_note_shows_nowhere_else(client, dossier, officer, author):
    """Pages, inboxes, letters, an outside expert's page: the word is looked for everywhere."""
    operations.note(dossier, SECRET, actor=officer)
    operations.write(dossier, "Message ordinaire", actor=officer)
    opinion, token = operations.ask_opinion(
        dossier, expert_name="Ada", email="ada@exemple.fr", question="Votre avis ?",
        expires_at=timezone.now() + timedelta(days=2), actor=officer,
    )  # fmt: skip
    operations.undertake(opinion)
    reviewer = make_assignment(
        dossier=make_dossier(call=dossier.call, state="in_review")
    ).expert.user
    link = reverse("correspondence:opinion", args=[token])
    seen = 0
    for person in (author, reviewer, None):
        client.force_login(person) if person else client.logout()
        for address in [*faces(dossier), link]:
            response = client.get(address, follow=True)
            content = b"".join(response)
            assert SECRET.encode() not in content, (person, address)
            seen += response.status_code == 200

    assert seen > 12
    told = [*Notification.objects.values_list("body", flat=True)]
    told += [*Letter.objects.values_list("text", flat=True)]
    assert told
    assert not [text for text in told if SECRET in text]


def test_a_colleague_of_the_company_who_serves_too_reads_no_note(client, dossier, officer, author):
    make_duty = dossier.call.programme.duties.create
    make_duty(user=author, role=Role.AUDITOR)
    operations.note(dossier, SECRET, actor=officer)
    client.force_login(author)

    assert SECRET not in client.get(url("thread", dossier)).content.decode()


def test_the_thread_costs_the_same_for_one_and_three(client, dossier, officer, count_queries):
    client.force_login(officer)
    operations.write(dossier, "Un", actor=officer)
    operations.note(dossier, "Un", actor=officer)
    one = count_queries(lambda: client.get(url("thread", dossier)))
    for _n in range(2):
        operations.write(dossier, "Deux", actor=make_staff(dossier.call.programme))
        operations.note(dossier, "Deux", actor=officer)

    assert count_queries(lambda: client.get(url("thread", dossier))) == one == 7


def test_a_draft_has_no_thread(author):
    draft = make_dossier(author=author)

    with pytest.raises(PermissionDenied):
        operations.write(draft, "Bonjour", actor=author)


def test_a_message_needs_words(dossier, officer):
    with pytest.raises(Refused):
        operations.write(dossier, "\t", actor=officer)
