import numpy as np
import pytest

from reviews.panels.outliers import readers_of
from reviews.panels.scores import Score


def panel(dossiers=40, *, shift=None, noise=None):
    """Four reviewers read all; each score is the dossier's worth plus chance."""
    draw = np.random.default_rng(7)
    shift, noise = shift or {}, noise or {}
    return tuple(
        Score(
            f"D{row}",
            name,
            float(row % 4 + shift.get(name, 0) + draw.normal(0, noise.get(name, 0.5))),
        )
        for row in range(dossiers)
        for name in ("R1", "R2", "R3", "R4")
    )


def flags(scores):
    return {one.id: one.flags for one in readers_of(scores) if one.flags}


def test_reviewers_alike_are_not_flagged():
    assert flags(panel()) == {}


def test_a_severe_reviewer_is_told_with_the_gap():
    scores = panel(shift={"R2": -1.0})

    found = {one.id: one for one in readers_of(scores)}

    assert found["R2"].flags == ("severe",)
    assert found["R2"].gap == pytest.approx(-1, abs=0.25)
    assert found["R2"].p_gap < 0.01


def test_a_generous_reviewer_is_told():
    assert flags(panel(shift={"R3": 1.0}))["R3"] == ("generous",)


def test_an_erratic_reviewer_is_told():
    found = flags(panel(noise={"R4": 2.5}))

    assert found["R4"] == ("erratic",)


def test_under_twelve_readings_there_is_no_verdict():
    eleven = readers_of(panel(11, shift={"R2": -3.0}))
    twelve = readers_of(panel(12, shift={"R2": -3.0}))

    assert {one.p_gap for one in eleven} == {None}
    assert next(one for one in twelve if one.id == "R2").flags == ("severe",)


def test_the_gap_is_to_the_mean_of_the_other_readers():
    (first, second, third) = readers_of(
        (Score("A", "R1", 5), Score("A", "R2", 2), Score("A", "R3", 3))
    )

    assert (first.gap, second.gap, third.gap) == (2.5, -2.0, -0.5)


def test_alone_on_every_dossier_or_all_equal_nothing_is_said():
    assert readers_of((Score("A", "R1", 5), Score("B", "R2", 2))) == ()
    equal = tuple(Score(f"D{n}", r, 3.0) for n in range(15) for r in ("R1", "R2"))
    assert [one.flags for one in readers_of(equal)] == [(), ()]
