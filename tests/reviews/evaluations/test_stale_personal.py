"""People named in a dossier: a mark rests on them only where experts read them."""

import pytest

from reviews.evaluations.changed import to_read
from reviews.evaluations.stale import StaleFlag
from tests.reviews.evaluations.stale_scene import Scene

pytestmark = pytest.mark.django_db
ON_THE_TEAM = (("innovation", "team"), ("impact", "market"))


def flagged(scene):
    flags = StaleFlag.objects.on(scene.ours)
    return {flag.score.criterion.key: flag.questions for flag in flags}


@pytest.mark.parametrize("grounds", [(), ON_THE_TEAM])
def test_a_personal_answer_nobody_reads_makes_no_mark_stale(grounds):
    scene = Scene(grounds=grounds, experts_read_personal=False)

    scene.complete(team="Ève Ruiz et Paul Sol")

    assert flagged(scene) == {}


@pytest.mark.parametrize(
    ("grounds", "expected"),
    [((), {"innovation": ["team"], "impact": ["team"]}), (ON_THE_TEAM, {"innovation": ["team"]})],
)
def test_a_personal_answer_experts_read_counts_as_any_other(grounds, expected):
    scene = Scene(grounds=grounds, experts_read_personal=True)

    scene.complete(team="Ève Ruiz et Paul Sol")

    assert flagged(scene) == expected


@pytest.mark.parametrize(
    ("reads", "questions"), [(False, ["summary"]), (True, ["summary", "team"])]
)
def test_a_completion_of_both_is_flagged_and_shown_as_far_as_experts_read(reads, questions):
    scene = Scene(grounds=(("impact", "market"),), experts_read_personal=reads)

    scene.complete(summary="Deux clients pilotes", team="Ève Ruiz et Paul Sol")

    (line,) = to_read(scene.dossier, list(StaleFlag.objects.on(scene.ours)), top=5)
    assert line.flag.questions == questions
    assert [change.key for change in line.changes] == questions
