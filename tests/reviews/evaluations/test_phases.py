"""What readers may do, and see of each other, in each phase of their call."""

import pgtrigger
import pytest
from django.db import IntegrityError

from accounts.access import Refused
from reviews.evaluations import operations
from reviews.evaluations.grid import fields_of
from reviews.evaluations.models import Score
from reviews.evaluations.remarking import remark
from reviews.evaluations.remarks import DiscussionNote
from reviews.panels.operations import settle
from tests.factories import make_assignment, make_evaluation, make_phase, make_staff

pytestmark = pytest.mark.django_db


def call_of(evaluation):
    return evaluation.assignment.dossier.call


def author_of(evaluation):
    return evaluation.assignment.expert.user


@pytest.fixture
def mine():
    return make_evaluation()


@pytest.fixture
def theirs(mine):
    other = make_assignment(dossier=mine.assignment.dossier)
    return make_evaluation(
        assignment=other, submitted=True, strengths="Un marché immense", weaknesses="Trop cher"
    )


def handed_in(evaluation):
    with pgtrigger.ignore("reviews.Score:score_in_phase"):
        evaluation.scores.update(value=4, comment="Bien.")
    evaluation.state = "submitted"
    evaluation.submitted_at = evaluation.saved_at
    evaluation.save()


def test_a_mark_outside_a_scoring_phase_is_refused_with_the_next_day(mine):
    make_phase(call_of(mine), sees_others=True)
    make_phase(call_of(mine), since=1, until=2, may_score=True)
    name = next(iter(fields_of(mine)))

    with pytest.raises(Refused, match="Ce sera possible à partir du"):
        operations.save_field(mine, name, "4", version="", actor=author_of(mine))


def test_the_database_refuses_a_mark_outside_a_scoring_phase(mine):
    make_phase(call_of(mine), sees_others=True)

    with pytest.raises(IntegrityError, match="score_in_phase"):
        Score.objects.filter(evaluation=mine).update(value=4)


def test_the_database_takes_a_mark_in_a_scoring_phase_and_without_phases(mine):
    Score.objects.filter(evaluation=mine).update(value=3)
    make_phase(call_of(mine), may_score=True)

    assert Score.objects.filter(evaluation=mine).update(value=4) == 2


def test_a_grid_is_opened_before_marks_are_allowed(mine):
    make_phase(call_of(mine), since=1, until=2, may_score=True)

    fresh = make_evaluation(assignment=make_assignment(dossier=mine.assignment.dossier))

    assert fresh.scores.filter(value=None).count() == 2


def test_the_grid_says_why_it_is_closed(client, mine):
    make_phase(call_of(mine), sees_others=True)
    client.force_login(author_of(mine))

    page = client.get(f"/evaluations/{mine.pk}/").content.decode()

    assert "La phase en cours ne permet pas de noter" in page
    assert "data-autosave" not in page


def test_nothing_of_the_others_shows_before_ones_own_is_in(client, mine, theirs):
    make_phase(call_of(mine), may_score=True, sees_others=True, may_discuss=True)
    client.force_login(author_of(mine))

    page = client.get(f"/evaluations/{mine.pk}/").content.decode()

    assert client.get(f"/evaluations/{mine.pk}/autres/").status_code == 404
    assert "/autres/" not in page


def test_the_others_show_once_ones_own_is_in(client, mine, theirs):
    make_phase(call_of(mine), may_score=True, sees_others=True, may_discuss=True)
    handed_in(mine)
    client.force_login(author_of(mine))

    page = client.get(f"/evaluations/{mine.pk}/autres/").content.decode()

    assert "Un marché immense" in page
    assert "Lecteur A" in page
    assert str(theirs.assignment.expert) not in page
    assert "/autres/" in client.get(f"/evaluations/{mine.pk}/").content.decode()


def test_the_others_are_named_when_the_phase_says_so(client, mine, theirs):
    make_phase(call_of(mine), sees_others=True, names_readers=True)
    handed_in(mine)
    client.force_login(author_of(mine))

    page = client.get(f"/evaluations/{mine.pk}/autres/").content.decode()

    assert str(theirs.assignment.expert) in page


def test_a_reopened_evaluation_hides_the_others_again(client, mine, theirs):
    make_phase(call_of(mine), may_score=True, sees_others=True)
    handed_in(mine)
    officer = make_staff(call_of(mine).programme)
    operations.reopen(mine, reason="Note inversée.", actor=officer)
    client.force_login(author_of(mine))

    assert client.get(f"/evaluations/{mine.pk}/autres/").status_code == 404


def test_a_phase_without_sight_keeps_each_to_their_own(client, mine, theirs):
    make_phase(call_of(mine), may_score=True)
    handed_in(mine)
    client.force_login(author_of(mine))

    assert client.get(f"/evaluations/{mine.pk}/autres/").status_code == 404


def test_readers_talk_to_each_other(client, mine, theirs):
    make_phase(call_of(mine), sees_others=True, may_discuss=True)
    handed_in(mine)
    remark(theirs, "Le client pilote a-t-il signé ?", actor=author_of(theirs))
    client.force_login(author_of(mine))

    answer = client.post(f"/evaluations/{mine.pk}/autres/remarque/", {"text": "Oui, page 4."})
    page = client.get(f"/evaluations/{mine.pk}/autres/").content.decode()

    assert answer.status_code == 302
    assert page.index("Le client pilote") < page.index("Oui, page 4.")
    assert "<strong>Vous</strong>" in page


def test_staff_read_what_was_said(client, mine, theirs):
    make_phase(call_of(mine), sees_others=True, may_discuss=True)
    remark(theirs, "Le client pilote a-t-il signé ?", actor=author_of(theirs))
    client.force_login(make_staff(call_of(mine).programme))

    page = client.get(f"/evaluations/dossiers/{mine.assignment.dossier_id}/").content.decode()

    assert "Le client pilote" in page


@pytest.mark.parametrize("text", ["", "   ", "x" * 2_001, "a\0b"])
def test_an_empty_or_endless_remark_is_refused(mine, text):
    make_phase(call_of(mine), sees_others=True, may_discuss=True)
    handed_in(mine)

    with pytest.raises(Refused):
        remark(mine, text, actor=author_of(mine))

    assert not DiscussionNote.objects.exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Une réponse. " * 200, "compte 2 599 caractères"),
        ("Une réponse.\0", "un caractère interdit"),
        ("", "Écrivez votre remarque"),
    ],
)
def test_a_refused_remark_comes_back_as_typed(client, mine, text, told):
    make_phase(call_of(mine), sees_others=True, may_discuss=True)
    handed_in(mine)
    client.force_login(author_of(mine))

    answer = client.post(f"/evaluations/{mine.pk}/autres/remarque/", {"text": text})

    page = answer.content.decode()
    assert told in page
    assert f"{text[:12]}" in page.split("<textarea")[1]
    assert 'href="#text"' in page


def test_a_remark_waits_for_a_phase_that_discusses(mine):
    make_phase(call_of(mine), sees_others=True)
    handed_in(mine)

    with pytest.raises(Refused, match="ne le permet pas"):
        remark(mine, "Bonjour.", actor=author_of(mine))


def test_the_others_cost_the_same_for_one_and_three(client, count_queries, mine, theirs):
    make_phase(call_of(mine), sees_others=True, may_discuss=True)
    handed_in(mine)
    client.force_login(author_of(mine))
    one = count_queries(lambda: client.get(f"/evaluations/{mine.pk}/autres/"))
    for _n in range(2):
        more = make_assignment(dossier=mine.assignment.dossier)
        with pgtrigger.ignore("reviews.Score:score_in_phase"):
            remark_of = make_evaluation(assignment=more, submitted=True)
        remark(remark_of, "D’accord.", actor=author_of(remark_of))

    assert count_queries(lambda: client.get(f"/evaluations/{mine.pk}/autres/")) == one == 8


def test_a_ranking_waits_for_a_phase_that_decides(theirs):
    make_phase(call_of(theirs), sees_others=True)
    manager = make_staff(call_of(theirs).programme, "manager")

    with pytest.raises(Refused, match="ne le permet pas"):
        settle(call_of(theirs), actor=manager)
