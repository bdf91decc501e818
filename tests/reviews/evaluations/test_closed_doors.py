"""What closes a dossier to its expert closes its page, its files and its saving at once."""

import pytest

from reviews.assignments.operations import declare_interest
from tests.factories import make_assignment, make_evaluation
from tests.reviews.evaluations.file_scene import author_of, dossier_with_file, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def evaluation():
    return make_evaluation(assignment=make_assignment(dossier=dossier_with_file()))


def test_a_conflict_closes_page_file_and_saving_at_once(client, evaluation):
    author = author_of(evaluation)
    dossier = evaluation.assignment.dossier
    document = dossier.documents.get()
    client.force_login(author)
    page = f"/evaluations/{evaluation.pk}/"
    file = f"{page}pieces/{document.pk}/"
    before = [client.get(page).status_code, b"".join(client.get(file))]

    declare_interest(evaluation.assignment.expert, dossier, kind="family", actor=author)

    assert before == [200, b"%PDF-1.7 comptes"]
    assert client.get(page).status_code == 404
    assert client.get(file).status_code == 404
    assert save(client, evaluation, "strengths", "Encore.").status_code == 404
    assert client.post(f"{page}remettre/").status_code == 404
    assert dossier.title not in client.get("/evaluations/").content.decode()


@pytest.mark.parametrize(
    "lost", ["undeclared", "unsigned", "declined", "withdrawn", "awarded", "call over"]
)
def test_what_opens_a_dossier_also_closes_it(client, evaluation, lost):
    assignment = evaluation.assignment
    client.force_login(author_of(evaluation))
    if lost == "undeclared":
        assignment.expert.interests.all().delete()
    if lost == "unsigned":
        assignment.expert.seats.update(undertaking_signed_at=None)
    if lost == "declined":
        seat = assignment.expert.seats.get(call=assignment.dossier.call)
        seat.declined_at, seat.declined_because = seat.invited_at, "Pas le temps."
        seat.save()
    if lost == "call over":
        call = assignment.dossier.call
        for state in ("ranked", "decided"):
            call.state = state
            call.save(update_fields=["state"])
    steps = {"withdrawn": ["withdrawn"], "awarded": ["ranked", "awarded"]}
    for state in steps.get(lost, []):
        assignment.dossier.state = state
        assignment.dossier.save()

    assert client.get(f"/evaluations/{evaluation.pk}/").status_code == 404
    assert save(client, evaluation, "strengths", "Encore.").status_code == 404


def test_a_document_of_another_dossier_is_not_found(client, evaluation):
    other = dossier_with_file()
    client.force_login(author_of(evaluation))

    answer = client.get(f"/evaluations/{evaluation.pk}/pieces/{other.documents.get().pk}/")

    assert answer.status_code == 404


def test_an_expert_waits_for_the_antivirus_like_everybody(client, evaluation, settings):
    settings.CLAMD_ADDRESS = "tcp://127.0.0.1:9"
    client.force_login(author_of(evaluation))
    document = evaluation.assignment.dossier.documents.get()

    answer = client.get(f"/evaluations/{evaluation.pk}/pieces/{document.pk}/")

    assert (answer.status_code, "attend son analyse" in answer.text) == (403, True)
