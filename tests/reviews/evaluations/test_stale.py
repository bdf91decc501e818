"""A completion after marks: flagged by the database, settled by its author, before any ranking."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError, transaction

from accounts.access import Refused
from accounts.notifications.models import Notification
from grants.decisions.models import Ranking
from grants.dossiers.operations import submit
from grants.screening.operations import resume_review
from reviews.evaluations import operations, settling
from reviews.evaluations.changed import to_read
from reviews.evaluations.models import Score
from reviews.evaluations.stale import StaleFlag
from reviews.panels.operations import settle
from tests.factories import make_phase, make_staff
from tests.reviews.evaluations.stale_scene import Scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return Scene()


def author_of(evaluation):
    return evaluation.assignment.expert.user


def flagged(evaluation):
    return [flag.score.criterion.key for flag in StaleFlag.objects.on(evaluation)]


def only_flag(evaluation):
    return StaleFlag.objects.on(evaluation).get()


def test_a_completion_goes_straight_back_to_the_readers(scene):
    scene.ask("summary")
    assert scene.dossier.state == "incomplete"

    scene.write(summary="Deux clients pilotes")
    submit(scene.dossier, actor=scene.applicant)

    assert scene.dossier.state == "in_review"
    assert scene.dossier.history.last().step == "complete"


def test_the_criteria_that_rest_on_what_changed_are_flagged(scene):
    scene.complete(summary="Deux clients pilotes")

    assert scene.dossier.state == "in_review"
    assert flagged(scene.ours) == ["innovation"]
    assert flagged(scene.draft) == ["innovation"]


def test_a_criterion_without_a_mark_is_not_flagged(scene):
    scene.complete(market="Dix mille usines")

    assert flagged(scene.ours) == ["impact"]
    assert flagged(scene.draft) == []


def test_the_same_answer_given_again_flags_nothing(scene):
    scene.complete(summary="Un client pilote")

    assert not StaleFlag.objects.exists()


def test_a_criterion_without_grounds_rests_on_everything_experts_read():
    scene = Scene(grounds=(("impact", "market"),))

    scene.complete(summary="Deux clients pilotes")

    assert flagged(scene.ours) == ["innovation"]
    assert only_flag(scene.ours).questions == ["summary"]


def test_what_is_not_for_experts_flags_nothing():
    scene = Scene(grounds=())

    scene.complete(iban="FR2")

    assert not StaleFlag.objects.exists()


def test_a_second_completion_adds_to_the_flag_and_keeps_what_was_judged():
    scene = Scene(grounds=())

    scene.complete(summary="Deux clients pilotes")
    scene.complete(market="Dix mille usines")

    flag = StaleFlag.objects.on(scene.ours).first()
    assert (flag.seen, flag.new, flag.questions) == (1, 3, ["market", "summary"])


def test_the_difference_is_shown_word_by_word(scene):
    scene.complete(summary="Deux clients pilotes")

    (line,) = to_read(scene.dossier, list(StaleFlag.objects.on(scene.ours)), top=5)
    (change,) = line.changes
    assert "".join(p.text for p in change.pieces if p.kind != "new") == "Un client pilote"
    assert "".join(p.text for p in change.pieces if p.kind != "gone") == "Deux clients pilotes"


def test_confirming_keeps_the_mark_and_settles_the_flag(scene):
    scene.complete(summary="Deux clients pilotes")
    flag = only_flag(scene.ours)

    settling.confirm(scene.ours, flag.pk, actor=author_of(scene.ours))

    flag.refresh_from_db()
    assert (flag.outcome, flag.settled_by) == ("confirmed", author_of(scene.ours))
    assert flag.score.value == 4


def test_revising_changes_that_criterion_and_leaves_the_evaluation_handed_in(scene):
    scene.complete(summary="Deux clients pilotes")
    flag = only_flag(scene.ours)

    settling.revise(
        scene.ours, flag.pk, mark="5", comment="Deux clients.", actor=author_of(scene.ours)
    )

    flag.refresh_from_db()
    scene.ours.refresh_from_db()
    assert (flag.outcome, flag.value_before, flag.score.value) == ("revised", 4, 5)
    assert scene.ours.state == "submitted"


@pytest.mark.parametrize(("mark", "comment"), [("6", "x"), ("", "x"), ("4", " "), ("4", "a\0b")])
def test_a_revision_that_is_no_mark_is_refused_and_the_flag_stays(scene, mark, comment):
    scene.complete(summary="Deux clients pilotes")
    flag = only_flag(scene.ours)

    with pytest.raises(Refused):
        settling.revise(
            scene.ours, flag.pk, mark=mark, comment=comment, actor=author_of(scene.ours)
        )

    assert flagged(scene.ours) == ["innovation"]


def test_the_database_opens_the_flagged_criterion_and_no_other(scene):
    scene.complete(summary="Deux clients pilotes")
    stale, other = scene.ours.scores.order_by("criterion__rank")

    assert Score.objects.filter(pk=stale.pk).update(value=5) == 1
    with pytest.raises(IntegrityError, match="score_frozen"), transaction.atomic():
        Score.objects.filter(pk=other.pk).update(value=5)


def test_a_settled_flag_closes_its_criterion_again(scene):
    scene.complete(summary="Deux clients pilotes")
    flag = only_flag(scene.ours)
    settling.confirm(scene.ours, flag.pk, actor=author_of(scene.ours))

    with pytest.raises(IntegrityError, match="score_frozen"), transaction.atomic():
        Score.objects.filter(pk=flag.score_id).update(value=5)
    with pytest.raises(ProgrammingError, match="Cannot update rows"):
        StaleFlag.objects.filter(pk=flag.pk).update(outcome="revised")


def test_a_flag_is_answered_in_a_phase_that_takes_no_marks(scene):
    make_phase(scene.call, sees_others=True)
    scene.complete(summary="Deux clients pilotes")
    flag = only_flag(scene.ours)

    settling.revise(scene.ours, flag.pk, mark="5", comment="Oui.", actor=author_of(scene.ours))

    assert not flagged(scene.ours)


def test_nobody_answers_for_another_reader(scene):
    scene.complete(summary="Deux clients pilotes")

    with pytest.raises(PermissionDenied):
        settling.confirm(scene.ours, only_flag(scene.ours).pk, actor=author_of(scene.draft))
    with pytest.raises(Refused, match="déjà confirmée"):
        settling.confirm(scene.ours, only_flag(scene.draft).pk, actor=author_of(scene.ours))


def test_a_draft_is_not_handed_in_over_a_flag(scene):
    scene.complete(summary="Deux clients pilotes")
    scene.draft.scores.filter(value=None).update(value=3, comment="Moyen.")

    with pytest.raises(Refused, match="relisez d’abord"):
        operations.submit(scene.draft, actor=author_of(scene.draft))

    settling.confirm(scene.draft, only_flag(scene.draft).pk, actor=author_of(scene.draft))
    assert operations.submit(scene.draft, actor=author_of(scene.draft)).state == "submitted"


def settled_by_manager(scene):
    return settle(scene.call, actor=make_staff(scene.call.programme, "manager"))


def finish(scene):
    scene.draft.assignment.state = "removed"
    scene.draft.assignment.save()


def test_a_ranking_waits_for_the_flags(scene):
    finish(scene)
    scene.complete(summary="Deux clients pilotes")

    with pytest.raises(Refused, match="1 note porte sur une réponse complétée"):
        settled_by_manager(scene)

    settling.confirm(scene.ours, only_flag(scene.ours).pk, actor=author_of(scene.ours))
    assert settled_by_manager(scene).lines.count() == 1


def test_a_ranking_waits_for_a_dossier_being_completed(scene):
    scene.ask("summary")

    with pytest.raises(Refused, match="attend un complément"):
        settled_by_manager(scene)


def rank_by_hand(scene):
    Ranking.objects.create(
        call=scene.call, method="raw", threshold=2, received_by=scene.officer, content={},
        sha256="0" * 64,
    )  # fmt: skip


def test_the_database_refuses_a_ranking_over_an_open_flag(scene):
    scene.complete(summary="Deux clients pilotes")

    with pytest.raises(IntegrityError, match="a mark is to be read again"):
        rank_by_hand(scene)


def test_the_database_refuses_a_ranking_over_a_dossier_being_completed(scene):
    scene.ask("summary")

    with pytest.raises(IntegrityError, match="a dossier is being completed"):
        rank_by_hand(scene)


def test_the_reading_goes_on_when_the_company_lets_its_time_pass(scene):
    scene.ask("summary")
    with pytest.raises(Refused, match="peut encore répondre"):
        resume_review(scene.dossier, actor=scene.officer)
    scene.let_time_pass()

    resume_review(scene.dossier, actor=scene.officer)

    assert scene.dossier.state == "in_review"
    assert not StaleFlag.objects.exists()


def test_a_dossier_nobody_read_is_not_given_back_to_readers(scene):
    with pytest.raises(Refused, match="Aucun complément"):
        resume_review(scene.dossier, actor=scene.officer)


def test_each_author_is_told_once(scene):
    scene.complete(summary="Deux clients pilotes")

    settling.tell_authors()
    settling.tell_authors()

    told = Notification.objects.filter(kind="review_stale")
    assert {note.recipient for note in told} == {author_of(scene.ours), author_of(scene.draft)}
    assert told.count() == 2
    assert "- Innovation" in told[0].body
