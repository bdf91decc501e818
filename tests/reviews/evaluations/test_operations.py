import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from accounts.access import Refused
from accounts.notifications.models import Notification
from reviews.evaluations import operations
from reviews.evaluations.grid import fields_of
from reviews.evaluations.models import Evaluation, Score
from reviews.evaluations.operations import Clash, Incomplete, Saved, Unfit
from tests.factories import (
    make_assignment,
    make_call,
    make_dossier,
    make_evaluation,
    make_expert,
    make_staff,
)

pytestmark = pytest.mark.django_db


def field(evaluation, name):
    return fields_of(evaluation)[name]


def save(evaluation, name, text, version=None, actor=None):
    return operations.save_field(
        evaluation,
        name,
        text,
        version=field(evaluation, name).version if version is None else version,
        actor=actor or evaluation.assignment.expert.user,
    )


def complete(**overrides):
    """A draft that lacks nothing."""
    evaluation = make_evaluation(
        scores={"innovation": 4, "impact": 2},
        strengths="Solide.",
        weaknesses="Cher.",
        confidence=3,
        **overrides,
    )
    return evaluation, evaluation.assignment.expert.user


def names(evaluation):
    innovation, impact = evaluation.assignment.dossier.call.criteria.all()
    return f"score-{innovation.pk}", f"comment-{innovation.pk}", f"score-{impact.pk}"


def test_a_mark_and_its_comment_are_saved_apart():
    evaluation = make_evaluation()
    mark, comment, _other = names(evaluation)

    assert isinstance(save(evaluation, mark, "4"), Saved)
    assert isinstance(save(evaluation, comment, "Équipe complète."), Saved)

    score = Score.objects.get(evaluation=evaluation, criterion__key="innovation")
    assert (score.value, score.comment, score.version) == (4, "Équipe complète.", 3)


def test_a_mark_can_be_taken_back():
    evaluation = make_evaluation(scores={"innovation": 4})
    mark, *_rest = names(evaluation)

    save(evaluation, mark, "")

    assert field(evaluation, mark).value is None


@pytest.mark.parametrize("typed", ["6", "-1", "1e5", "NaN"])
def test_a_mark_off_the_scale_is_not_stored(typed):
    evaluation = make_evaluation()
    mark, *_rest = names(evaluation)

    assert save(evaluation, mark, typed) == Unfit("Choisissez une note entière de 0 à 5.")
    assert field(evaluation, mark).value is None


def test_two_tabs_on_one_text_clash_and_both_texts_live():
    evaluation = make_evaluation(strengths="Avant.")
    seen = field(evaluation, "strengths").version
    save(evaluation, "strengths", "Premier onglet.", version=seen)

    clash = save(evaluation, "strengths", "Second onglet.", version=seen)

    assert clash == Clash("Premier onglet.", field(evaluation, "strengths").version)
    assert isinstance(save(evaluation, "strengths", "Second onglet.", version=clash.version), Saved)


def test_two_tabs_on_two_fields_do_not_clash():
    evaluation = make_evaluation(strengths="Avant.", weaknesses="Avant.")
    first = field(evaluation, "strengths").version
    second = field(evaluation, "weaknesses").version

    assert isinstance(save(evaluation, "strengths", "Après.", version=first), Saved)
    assert isinstance(save(evaluation, "weaknesses", "Après.", version=second), Saved)


def test_saving_the_same_text_again_is_no_clash():
    evaluation = make_evaluation(strengths="Avant.")
    seen = field(evaluation, "strengths").version
    save(evaluation, "strengths", "Après.", version=seen)

    assert isinstance(save(evaluation, "strengths", "Après.", version=seen), Saved)


def test_a_field_that_does_not_exist_is_not_stored():
    evaluation = make_evaluation()

    assert isinstance(
        operations.save_field(
            evaluation, "state", "submitted", version="", actor=evaluation.assignment.expert.user
        ),
        Unfit,
    )


def test_nobody_writes_in_another_s_evaluation():
    evaluation = make_evaluation()
    other = make_expert(evaluation.assignment.dossier.call)

    with pytest.raises(PermissionDenied):
        save(evaluation, "strengths", "Intrus.", actor=other.user)


def test_submitting_a_complete_grid_counts():
    evaluation, author = complete()

    operations.submit(evaluation, actor=author)

    assert list(Evaluation.objects.counted()) == [evaluation]
    assert evaluation.submitted_at <= timezone.now()


@pytest.mark.parametrize("missing", ["strengths", "weaknesses", "confidence"])
def test_submitting_without_a_summary_names_what_is_missing(missing):
    evaluation, author = complete()
    setattr(evaluation, missing, None if missing == "confidence" else " ")
    evaluation.save()

    with pytest.raises(Incomplete) as refusal:
        operations.submit(evaluation, actor=author)

    assert set(refusal.value.lacks) == {missing}


def test_submitting_without_a_mark_or_a_comment_names_both():
    evaluation, author = complete()
    mark, comment, _other = names(evaluation)
    Score.objects.filter(criterion__key="innovation").update(value=None, comment="")

    with pytest.raises(Incomplete) as refusal:
        operations.submit(evaluation, actor=author)

    assert set(refusal.value.lacks) == {mark, comment}
    assert "«\u202fInnovation\u202f»" in refusal.value.lacks[mark]


def test_a_mark_of_zero_is_a_mark():
    evaluation, author = complete()
    Score.objects.filter(criterion__key="innovation").update(value=0)

    operations.submit(evaluation, actor=author)

    assert evaluation.state == "submitted"


def test_submitting_twice_is_one_step():
    evaluation, author = complete()
    operations.submit(evaluation, actor=author)
    first = evaluation.submitted_at

    operations.submit(evaluation, actor=author)

    assert evaluation.submitted_at == first
    assert evaluation.history.count() == 1


def test_nothing_is_written_once_submitted():
    evaluation, author = complete()
    operations.submit(evaluation, actor=author)

    with pytest.raises(Refused, match="remise"):
        save(evaluation, "strengths", "Trop tard.")


def test_nothing_is_written_once_ranked():
    evaluation, author = complete()
    dossier = evaluation.assignment.dossier
    dossier.state = "ranked"
    dossier.save()

    with pytest.raises(Refused, match="close"):
        operations.submit(evaluation, actor=author)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE reviews_score SET value = 5 WHERE evaluation_id = %s",
        "UPDATE reviews_score SET comment = 'x' WHERE evaluation_id = %s",
        "DELETE FROM reviews_score WHERE evaluation_id = %s",
        "UPDATE reviews_evaluation SET strengths = 'x' WHERE id = %s",
        "UPDATE reviews_evaluation SET confidence = 1 WHERE id = %s",
    ],
)
def test_a_submitted_evaluation_is_frozen_for_sql_too(sql):
    evaluation, author = complete()
    operations.submit(evaluation, actor=author)

    with (
        pytest.raises((IntegrityError, ProgrammingError), match=r"frozen|Cannot update"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, [evaluation.pk])


@pytest.mark.parametrize("value", [-1, 11])
def test_the_database_refuses_a_mark_off_its_scale(value):
    score = make_evaluation().scores.first()

    with pytest.raises(IntegrityError), transaction.atomic():
        Score.objects.filter(pk=score.pk).update(value=value)


def test_reopening_gives_back_and_keeps_the_marks():
    evaluation, author = complete()
    operations.submit(evaluation, actor=author)
    officer = make_staff(evaluation.assignment.dossier.call.programme)

    operations.reopen(evaluation, reason="Une note est inversée.", actor=officer)

    assert evaluation.state == "draft"
    assert isinstance(save(evaluation, "strengths", "Corrigé."), Saved)
    assert evaluation.history.last().reason == "Une note est inversée."
    assert "inversée" in Notification.objects.get(recipient=author).body


def test_the_author_does_not_reopen():
    evaluation, author = complete()
    operations.submit(evaluation, actor=author)

    with pytest.raises(PermissionDenied):
        operations.reopen(evaluation, reason="Je change d’avis.", actor=author)


def test_declaring_no_link_opens_an_empty_grid():
    assignment = make_assignment(declared=False)
    author = assignment.expert.user
    assert not Evaluation.objects.written_by(author).exists()

    operations.declare(assignment, kind="none", actor=author)

    assert Evaluation.objects.written_by(author).get().scores.count() == 2


def test_declaring_twice_opens_one_grid():
    assignment = make_assignment(declared=False)
    for _ in range(2):
        operations.declare(assignment, kind="none", actor=assignment.expert.user)

    assert Evaluation.objects.count() == 1


def test_the_database_refuses_a_mark_above_the_scale_of_the_call():
    evaluation = make_evaluation()

    with pytest.raises(IntegrityError, match="score_on_scale"), transaction.atomic():
        evaluation.scores.update(value=6)

    assert evaluation.scores.update(value=5) == 2


def test_a_comment_the_call_leaves_free_may_be_missing():
    call = make_call(state="draft")
    call.criteria.filter(key="impact").update(comment_required=False)
    for state in ("open", "reviewing"):
        call.state = state
        call.save()
    evaluation, author = complete(
        assignment=make_assignment(dossier=make_dossier(call=call, state="in_review"))
    )
    evaluation.scores.update(comment="")

    with pytest.raises(Incomplete) as refused:
        operations.submit(evaluation, actor=author)

    innovation, _comment, _impact = names(evaluation)
    assert list(refused.value.lacks) == [innovation.replace("score", "comment")]
