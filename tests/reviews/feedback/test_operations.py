import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from accounts.access import Refused
from accounts.notifications.models import Notification
from grants.decisions import operations as decisions
from grants.decisions.feedback import Feedback, FeedbackPart, told_of
from grants.letters.composing import feedback_of
from reviews.evaluations.operations import Clash, Saved
from reviews.feedback import operations
from tests.factories import join, make_user
from tests.grants.decisions.scene import vote
from tests.reviews.feedback.scene import Round

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return Round()


def announced(scene):
    call = scene.call
    allocation = decisions.prepare(call, envelope=scene.envelope, actor=scene.manager)
    decisions.propose(allocation, actor=scene.manager)
    decisions.check(allocation, actor=scene.finance)
    vote(allocation, actor=scene.manager)
    return decisions.announce(allocation, actor=scene.manager)


def test_every_ranked_dossier_gets_a_draft_by_criterion(scene):
    feedback = scene.prepared()

    parts = [(part.title, part.strengths, part.weaknesses) for part in feedback.parts.all()]
    assert parts == [
        ("Innovation", "Argument.", ""),
        ("Impact", "", "Argument."),
        ("Dans l’ensemble", "Atout 0 vu par […].\nAtout 1 vu par […].", "Limite 0.\nLimite 1."),
    ]
    assert Feedback.objects.count() == 2


def test_preparing_again_keeps_what_was_written(scene):
    feedback = scene.prepared()
    name = scene.text(feedback)
    version = operations.fields_of(feedback)[name].version
    operations.save_field(feedback, name, "Réécrit.", version=version, actor=scene.officer)

    assert operations.prepare(scene.call, actor=scene.officer) == []
    assert operations.fields_of(feedback)[name].text == "Réécrit."


def test_only_those_who_organise_prepare(scene):
    with pytest.raises(PermissionDenied):
        operations.prepare(scene.call, actor=scene.finance)


def test_two_texts_for_one_field_both_live(scene):
    feedback = scene.prepared()
    name = scene.text(feedback)
    version = operations.fields_of(feedback)[name].version

    first = operations.save_field(feedback, name, "Le mien.", version=version, actor=scene.officer)
    other = operations.save_field(feedback, name, "L’autre.", version=version, actor=scene.manager)

    assert isinstance(first, Saved)
    assert other == Clash("Le mien.", first.version)


def test_a_text_that_names_a_reviewer_is_not_approved(scene):
    feedback = scene.prepared()
    part = feedback.parts.first()
    part.weaknesses = "Solange Arnal doute."
    part.save()

    with pytest.raises(Refused, match="nom d’un expert"):
        operations.approve(feedback, actor=scene.officer)


def test_an_empty_feedback_is_not_approved(scene):
    feedback = scene.prepared()
    feedback.parts.update(strengths="", weaknesses="")

    with pytest.raises(Refused, match="vide"):
        operations.approve(feedback, actor=scene.officer)


def test_what_was_read_over_changes_only_once_taken_up_again(scene):
    feedback = scene.prepared()
    operations.approve(feedback, actor=scene.officer)
    name = scene.text(feedback)

    with pytest.raises(Refused, match="ne change plus"):
        operations.save_field(feedback, name, "Autre.", version="", actor=scene.officer)
    with pytest.raises(IntegrityError, match="feedback_part_frozen"), transaction.atomic():
        feedback.parts.update(strengths="Autre.")
    operations.reopen(feedback, actor=scene.officer)
    assert feedback.is_open


def test_nothing_is_announced_before_every_feedback_is_read_over(scene):
    operations.approve(scene.prepared(), actor=scene.officer)

    with pytest.raises(Refused, match="1 retour au candidat est encore à relire"):
        announced(scene)


def test_the_feedback_leaves_with_the_decision_and_is_frozen(scene):
    person = make_user()
    join(person, scene.dossiers[0].organisation)
    feedback = scene.prepared()
    assert told_of(scene.dossiers[0]) == []
    for one in Feedback.objects.all():
        operations.approve(one, actor=scene.officer)

    announced(scene)

    feedback.refresh_from_db()
    assert feedback.is_sent
    letter = feedback_of(scene.dossiers[0])
    assert letter[0] == {"title": "Innovation", "strengths": ["Argument."], "weaknesses": []}
    assert "Arnal" not in str(letter)
    mail = Notification.objects.get(recipient=person, kind__startswith="decision_")
    assert "points à améliorer" in mail.body
    with pytest.raises(DatabaseError, match="feedback_part_frozen"), transaction.atomic():
        FeedbackPart.objects.filter(feedback=feedback).update(strengths="Trop tard.")
    with pytest.raises(DatabaseError), transaction.atomic():
        Feedback.objects.filter(pk=feedback.pk).update(sent_at=timezone.now())


def test_decisions_without_feedback_leave_as_before(scene):
    announced(scene)

    assert feedback_of(scene.dossiers[0]) == []


def test_preparing_costs_the_same_for_one_and_three_dossiers(count_queries):
    costs = [
        count_queries(lambda scene=scene: scene.prepared()) for scene in (Round(4), Round(4, 3, 2))
    ]

    assert costs[0] == costs[1]
