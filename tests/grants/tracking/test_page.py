"""The page of the company, in every state, with little and with much on it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.organisations.models import Membership
from grants.correspondence.models import Message
from grants.correspondence.operations import note, write
from grants.dossiers.operations import save_answer, submit, withdraw
from grants.dossiers.records import Attempt
from grants.programmes.states import Role
from grants.screening import operations as screening
from grants.screening.models import CompletionRequest
from tests.factories import join, make_call, make_dossier, make_staff, make_user
from tests.grants.dossiers.complete import make_draft, make_ready
from tests.grants.opendata.announced import make_decided

pytestmark = pytest.mark.django_db


def page(client, dossier, **query):
    response = client.get(reverse("tracking:dossier", args=[dossier.pk]), query)
    assert response.status_code == 200
    return text_of(response)


def text_of(response):
    main = response.content.decode().split("<main")[1]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def button(client, dossier):
    response = client.get(reverse("tracking:dossier", args=[dossier.pk]))
    [found] = re.findall(r'class="btn btn-primary" href="([^"]+)"', response.content.decode())
    return found


@pytest.fixture
def dossier(client):
    ready = make_ready()
    submit(ready, actor=ready.author)
    client.force_login(ready.author)
    return ready


@pytest.fixture
def officer(dossier):
    return make_staff(dossier.call.programme, Role.OFFICER)


def ask(dossier, officer, *, effect="restart", **overrides):
    values = {
        "message": "Le Kbis a plus de trois mois.", "questions": ["title"], "effect": effect,
        "due_at": timezone.now() + timedelta(days=9), **overrides,
    }  # fmt: skip
    return screening.ask_completion(dossier, actor=officer, **values)


def test_empty_draft_says_what_to_do_and_that_nothing_was_exchanged(client):
    draft = make_draft()
    client.force_login(draft.author)

    text = page(client, draft)

    assert "Votre dossier est en cours d’écriture" in text
    assert "Rien n’a encore été envoyé ni reçu" in text
    assert "À vous d’agir" in text
    assert button(client, draft) == draft.get_absolute_url()


def test_draft_whose_call_closed_is_told_so_and_shown_the_way_out(client):
    draft = make_draft()
    past = timezone.now() - timedelta(hours=1)
    type(draft.call).objects.filter(pk=draft.call_id).update(closes_at=past)
    client.force_login(draft.author)

    text = page(client, draft)

    assert "Ce dossier n’a pas été déposé à temps" in text
    assert "Procédure terminée" in text
    assert "La suite, et quand" not in text
    assert button(client, draft) == reverse("dossiers:list")


def test_submitted_dossier_has_its_receipt_its_paper_and_its_delay(client, dossier):
    text = page(client, dossier)

    assert "Votre dossier est déposé" in text
    assert "À la Région d’agir" in text
    assert "le silence vaut rejet le" in text
    assert "Dossier déposé, version 1" in text
    assert dossier.submissions.get().sha256 in text
    assert "Contrôle de la recevabilité d’ici le" in text
    assert button(client, dossier) == reverse("correspondence:thread", args=[dossier.pk])


def test_the_authors_of_a_submitted_dossier_land_on_it(client, dossier):
    response = client.get(dossier.get_absolute_url())

    assert response.url == reverse("tracking:dossier", args=[dossier.pk])


def test_request_stops_the_delay_and_the_answer_starts_it_anew(client, dossier, officer):
    ask(dossier, officer)
    asked = page(client, dossier)
    target = button(client, dossier)
    save_answer(dossier, "title", "Titre corrigé", version=1, actor=dossier.author)
    submit(dossier, actor=dossier.author)
    answered = page(client, dossier)

    assert "La Région attend vos compléments" in asked
    assert "Le Kbis a plus de trois mois." in asked
    assert "Délai arrêté depuis le" in asked
    assert target == dossier.get_absolute_url()
    assert "Vos compléments sont reçus" in answered
    assert "Éléments reçus : deux mois repartent." in answered.replace("\u202f", " ")
    assert answered.index("version 2") < answered.index("Complément demandé")
    assert answered.count("Complément demandé") == 1


def test_request_that_ran_out_is_said_and_the_service_can_be_written_to(client, dossier, officer):
    ask(dossier, officer)
    type(dossier).objects.filter(pk=dossier.pk).update(reopened_until=timezone.now())

    text = page(client, dossier)

    assert "Le délai pour compléter est passé" in text
    assert button(client, dossier) == reverse("correspondence:thread", args=[dossier.pk])


def test_silence_that_already_refused_is_not_announced_as_coming(client):
    past = timezone.now() - timedelta(days=100)
    old = make_dossier(state="submitted", submitted_at=past, author=(author := make_user()))
    client.force_login(author)

    text = page(client, old)

    assert "Le silence de la Région vaut rejet depuis le" in text
    assert "Sans décision expresse" not in text


def test_a_date_that_is_passed_is_said_to_be_passed(client):
    past = timezone.now() - timedelta(days=40)
    call = make_call(state="reviewing", opens_at=past - timedelta(days=9), closes_at=past)
    late = make_dossier(call=call, state="in_review", author=(author := make_user()))
    client.force_login(author)

    assert "Cette date est passée et l’étape n’est pas finie" in page(client, late)


def test_refused_at_screening_shows_reason_and_remedies_and_no_delay(client, dossier, officer):
    screening.reject(dossier, reason="Société de plus de huit ans.", actor=officer)

    text = page(client, dossier)

    assert "Votre dossier n’est pas recevable" in text
    assert text.count("Société de plus de huit ans.") == 2
    assert "tribunal administratif" in text
    assert "silence" not in text
    assert "La suite, et quand" not in text


def test_withdrawn_dossier_keeps_its_texts_and_its_reason(client, dossier):
    withdraw(dossier, actor=dossier.author, reason="Projet arrêté")

    text = page(client, dossier)

    assert "Ce dossier est retiré" in text
    assert "Projet arrêté" in text
    assert "Retirer ce dossier" not in text
    assert client.get(reverse("dossiers:answers", args=[dossier.pk])).status_code == 200


def test_withdrawn_draft_can_still_be_read(client):
    draft = make_draft()
    save_answer(draft, "title", "Jamais déposé", version=0, actor=draft.author)
    withdraw(draft, actor=draft.author)
    client.force_login(draft.author)

    assert "Relire les réponses enregistrées" in page(client, draft)
    answers = client.get(reverse("dossiers:answers", args=[draft.pk]))
    assert "Jamais déposé" in answers.content.decode()


@pytest.mark.parametrize(
    ("outcome", "state", "amount", "sentence"),
    [
        ("award", "awarded", 50_000, "Aide attribuée : 50 000 €."),
        ("reserve", "reserve", 0, "Rang 1 sur la liste."),
        ("refuse", "refused", 0, "La lettre dit pourquoi, et comment contester."),
    ],
)
def test_announced_decision_is_the_first_thing_to_read(client, outcome, state, amount, sentence):
    decided = make_dossier(call=make_call(state="decided"), state=state, author=make_user())
    make_decided(decided.call, [(decided, outcome, amount)])
    client.force_login(decided.created_by)

    text = page(client, decided).replace("\u202f", " ")

    assert sentence in text
    assert "Commission permanente" in text
    assert "silence" not in text
    assert button(client, decided) == reverse("decisions:decision", args=[decided.pk])


def test_decision_that_is_not_announced_shows_nowhere(client):
    ranked = make_dossier(call=make_call(state="decided"), state="ranked", author=make_user())
    make_decided(ranked.call, [(ranked, "award", 50_000)], state="checked")
    client.force_login(ranked.created_by)

    text = page(client, ranked)

    assert "La décision se prépare" in text
    assert "attribuée" not in text
    assert button(client, ranked) != reverse("decisions:decision", args=[ranked.pk])


def test_sent_and_received_are_one_list_and_two_filters(client, dossier, officer):
    write(dossier, "Quand aura lieu le comité ?", actor=dossier.author)
    write(dossier, "Le 3 mars.", actor=officer)
    note(dossier, "NOTE INTERNE", actor=officer)

    whole, sent = page(client, dossier), page(client, dossier, sens="sent")
    received = page(client, dossier, sens="received")

    assert whole.index("Le 3 mars.") < whole.index("Quand aura lieu")
    assert "NOTE INTERNE" not in whole
    assert officer.full_name not in whole
    assert ("Quand aura lieu" in sent, "Le 3 mars." in sent) == (True, False)
    assert ("Quand aura lieu" in received, "Le 3 mars." in received) == (False, True)


def test_refused_attempts_and_files_are_told(client, dossier):
    Attempt.objects.create(
        dossier=dossier, at=timezone.now(), by=dossier.author, kind="late", told="Trop tard.",
    )  # fmt: skip
    dossier.refused_uploads.create(
        name="virus.exe", size=9, reason="Ce type de fichier est refusé.", sent_by=dossier.author
    )

    text = page(client, dossier)

    assert "Trop tard." in text
    assert "virus.exe" in text
    assert "Ce type de fichier est refusé." in text


@pytest.mark.parametrize(
    "query", [{"sens": "<b>"}, {"page": "0"}, {"page": "NaN"}, {"page": "9" * 99}]
)
def test_odd_queries_are_the_whole_list(client, dossier, query):
    assert "Dossier déposé, version 1" in page(client, dossier, **query)


def test_long_texts_and_hundreds_of_messages_turn_pages(client, dossier):
    long = "x" * 4_000
    Message.objects.bulk_create(
        Message(dossier=dossier, author=dossier.author, is_from_funder=False, text=long)
        for _n in range(120)
    )

    text = page(client, dossier)
    assert "121 échanges" in text
    assert ("x" * 599 + "…" in text, "x" * 600 in text) == (True, False)
    assert "Dossier déposé, version 1" in page(client, dossier, page=3)


def test_readers_see_whose_turn_it_is_and_no_door_to_write(client):
    draft = make_draft()
    join(reader := make_user(), draft.organisation, Membership.Role.READER)
    client.force_login(reader)

    text = page(client, draft)

    assert "À vos collègues d’agir" in text
    assert "Retirer ce dossier" not in text
    assert "Lire le dossier" in text
    assert button(client, draft) == draft.get_absolute_url()


def test_page_costs_the_same_with_little_and_with_much(client, dossier, officer, count_queries):
    address = reverse("tracking:dossier", args=[dossier.pk])
    one = count_queries(lambda: client.get(address))
    for n in range(3):
        ask(dossier, officer)
        save_answer(dossier, "title", f"Titre {n}", version=n + 1, actor=dossier.author)
        submit(dossier, actor=dossier.author)
        write(dossier, "Bonjour", actor=officer)

    assert dossier.submissions.count() == 4
    assert CompletionRequest.objects.count() == 3
    assert count_queries(lambda: client.get(address)) == one == 7
