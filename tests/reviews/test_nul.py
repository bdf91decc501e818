"""A character nobody sees, pasted with the rest: told at its field, and nothing typed is lost."""

import pytest

from tests.factories import (
    make_assignment,
    make_call,
    make_dossier,
    make_evaluation,
    make_expert,
    make_staff,
)

pytestmark = pytest.mark.django_db

PASTED = "Un texte\0 venu d’ailleurs."
TOLD = ("Le caractère nul n’est pas autorisé", "un caractère illisible", "un caractère invisible")


def a_removal():
    assignment = make_assignment()
    officer = make_staff(assignment.dossier.call.programme)
    return officer, f"/affectations/{assignment.pk}/retirer/", "reason"


def a_reopening():
    evaluation = make_evaluation(submitted=True)
    officer = make_staff(evaluation.assignment.dossier.call.programme)
    return officer, f"/evaluations/{evaluation.pk}/rouvrir/", "reason"


def a_signal():
    dossier = make_dossier(state="in_review")
    expert = make_expert(dossier.call)
    officer = make_staff(dossier.call.programme)
    return officer, f"/liens/dossiers/{dossier.pk}/experts/{expert.pk}/", "because"


def an_invitation():
    call = make_call()
    return make_staff(call.programme), f"/experts/appels/{call.pk}/inviter/", "organisation"


def a_refusal():
    call = make_call(state="reviewing")
    expert = make_expert(call, signed=False)
    return expert.user, f"/experts/appels/{call.pk}/decliner/", "reason"


def a_profile():
    return make_expert(make_call()).user, "/experts/profil/", "biography"


def a_grid():
    evaluation = make_evaluation()
    return evaluation.assignment.expert.user, f"/evaluations/{evaluation.pk}/remettre/", "strengths"


def a_declaration():
    assignment = make_assignment()
    return assignment.expert.user, f"/evaluations/lectures/{assignment.pk}/interets/", "text"


def a_committee():
    call = make_call(state="reviewing")
    return make_staff(call.programme, "manager"), f"/comites/appels/{call.pk}/", "place"


SCENES = [
    a_removal, a_reopening, a_signal, an_invitation, a_refusal, a_profile, a_grid, a_declaration,
    a_committee,
]  # fmt: skip


@pytest.mark.parametrize("scene", SCENES)
def test_it_is_told_and_the_words_come_back(client, scene):
    user, address, field = scene()
    client.force_login(user)

    response = client.post(address, {field: PASTED})

    page = response.content.decode()
    assert response.status_code == 200
    assert "venu d’ailleurs." in page
    assert any(told in page for told in TOLD)
