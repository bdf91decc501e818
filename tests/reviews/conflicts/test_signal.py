"""A link an officer knows of, entered by hand: its page and what it shuts."""

import pytest

from accounts.notifications.models import Letter
from tests.factories import make_evaluation, make_expert, make_link, make_staff
from tests.reviews.conflicts.scene import Reading

pytestmark = pytest.mark.django_db
SAID = {
    "kind": "employment",
    "text": "Administrateur de la société jusqu’en 2024.",
    "because": "Lu dans la presse locale.",
}


@pytest.fixture
def reading(client):
    reading = Reading()
    client.force_login(reading.officer)
    return reading


def place(reading, expert=None):
    return f"/liens/dossiers/{reading.dossier.pk}/experts/{(expert or reading.expert).pk}/"


def test_the_reader_is_out_at_the_next_request(client, reading):
    desk = f"/evaluations/{reading.evaluation.pk}/"
    client.force_login(reading.expert.user)
    assert client.get(desk).status_code == 200
    client.force_login(reading.officer)

    answer = client.post(place(reading), SAID, follow=True)

    assert "Le lien est enregistré" in answer.content.decode()
    reading.assignment.refresh_from_db()
    assert reading.assignment.state == "recused"
    client.force_login(reading.expert.user)
    assert client.get(desk).status_code == 404


def test_what_was_said_is_kept_and_listed_and_told_to_nobody_else(client, reading):
    client.post(place(reading), SAID)

    interest = reading.expert.interests.get(dossier=reading.dossier)
    kept = (interest.kind, interest.text, interest.because, interest.origin, interest.declared_by)
    assert kept == (*SAID.values(), "officer", reading.officer)
    told = client.get(f"/liens/appels/{reading.call.pk}/?etat=declared").content.decode()
    assert "Lu dans la presse locale." in told
    letter = Letter.objects.get(notification__recipient=reading.expert.user)
    assert "ne vous est plus confié" in letter.text
    for secret in (reading.dossier.title, reading.dossier.reference, *list(SAID.values())[1:]):
        assert secret not in f"{letter.subject} {letter.text} {letter.html}"


def test_an_expert_who_reads_nothing_is_kept_away_and_not_written_to(client, reading):
    other = make_expert(reading.call)

    client.post(place(reading, other), SAID)

    assert other.interests.get().is_conflict
    assert not Letter.objects.filter(notification__recipient=other.user).exists()


@pytest.mark.parametrize("missing", ["kind", "text", "because"])
def test_nothing_is_recorded_without_its_kind_its_words_and_its_reason(client, reading, missing):
    answer = client.post(place(reading), {**SAID, missing: " "})

    assert answer.status_code == 200
    assert reading.expert.interests.get().kind == "none"
    kept = next(text for key, text in list(SAID.items())[1:] if key != missing)
    assert kept in answer.content.decode()


@pytest.mark.parametrize("kind", ["none", "hate"])
def test_a_kind_nobody_offers_is_refused(client, reading, kind):
    client.post(place(reading), {**SAID, "kind": kind})

    assert reading.expert.interests.get().kind == "none"


def test_a_link_already_known_is_told(client, reading):
    client.post(place(reading), SAID)

    page = client.post(place(reading), {**SAID, "kind": "family"}).content.decode()

    assert "déjà enregistré" in page.partition('id="id_kind_error"')[2][:300]
    assert SAID["text"] in page
    assert SAID["because"] in page
    assert reading.expert.interests.get().kind == "employment"


def test_nobody_signals_their_own_link(client, reading):
    reading.expert.user.duties.create(programme=reading.call.programme, role="officer")
    client.force_login(reading.expert.user)

    answer = client.post(place(reading), SAID, follow=True)

    assert "un collègue doit le signaler" in answer.content.decode()
    assert reading.expert.interests.get().kind == "none"


def test_an_expert_of_another_pool_has_no_page(client, reading):
    assert client.get(place(reading, make_expert())).status_code == 404


def test_a_link_the_data_show_stands_as_it_is(client, reading):
    other = make_expert(reading.call)
    make_link(other, reading.dossier)
    other.interests.create(
        dossier=reading.dossier, kind="other", origin="detected", declared_by=reading.officer
    )

    client.post(place(reading, other), SAID)

    assert other.interests.get().origin == "detected"


def test_the_page_costs_the_same_whoever_reads(client, reading, count_queries):
    url = place(reading)
    one = count_queries(lambda: client.get(url))
    for _ in range(2):
        other = make_expert(reading.call)
        reading.dossier.assignments.create(
            expert=other,
            due_at=reading.call.reviews_due_at,
            assigned_by=make_staff(reading.call.programme),
        )
        make_evaluation(assignment=other.assignments.get())

    assert count_queries(lambda: client.get(url)) == one == 5
