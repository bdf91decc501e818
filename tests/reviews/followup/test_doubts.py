import numpy as np
import pytest

from reviews.followup.doubts import apart_in, suggestions
from reviews.panels.calibration import calibrate
from reviews.panels.ranking import rank
from reviews.panels.scores import Score
from reviews.panels.third_reader import value_of_review

DOSSIERS, REVIEWERS, READINGS, PLACES, MORE = 80, 20, 3, 20, 20


def test_two_marks_far_apart_ask_for_a_third_reader():
    marks = {1: [8.0, 5.0], 2: [8.0, 5.7], 3: [2.0, 9.0], 4: [9.0]}

    assert [one.dossier for one in apart_in(marks)] == [3, 1]


def test_a_third_mark_close_to_one_of_the_two_settles_it():
    assert apart_in({1: [8.0, 5.0, 7.5]}) == ()
    assert [one.reviews for one in apart_in({1: [9.0, 5.0, 1.0]})] == [3]


class World:
    """Dossiers of a known quality, read by people of unequal severity."""

    def __init__(self, seed):
        self.numbers = np.random.default_rng(seed)
        self.quality = self.numbers.normal(0, 1, DOSSIERS)
        self.severity = self.numbers.normal(0, 0.5, REVIEWERS)
        self.scores = {}
        for dossier in range(DOSSIERS):
            for turn in range(READINGS):
                self.read(dossier, (dossier * 7 + turn * (1 + dossier % 3)) % REVIEWERS)

    def read(self, dossier, reviewer):
        noise = self.numbers.normal(0, 1)
        self.scores[dossier, reviewer] = self.quality[dossier] + self.severity[reviewer] + noise

    def read_again(self, dossier):
        load = {r: sum(one == r for _d, one in self.scores) for r in range(REVIEWERS)}
        free = [r for r in load if (dossier, r) not in self.scores]
        self.read(dossier, min(free, key=lambda r: (load[r], r)))

    def fit(self):
        rows = sorted(self.scores.items())
        return calibrate(tuple(Score(str(d), str(r), value) for (d, r), value in rows))

    def right(self):
        """The share of the truly best that is selected."""
        chosen = {int(line.id) for line in rank(self.fit())[:PLACES]}
        return len(chosen & set(np.argsort(-self.quality)[:PLACES].tolist())) / PLACES


def after(seed, choose):
    world = World(seed)
    for _batch in range(2):
        for dossier in choose(world)[: MORE // 2]:
            world.read_again(dossier)
    return world.right()


def by_value(world):
    return [int(name) for name in value_of_review(world.fit(), PLACES)]


def evenly(world):
    counts = np.bincount([d for d, _r in world.scores], minlength=DOSSIERS)
    return np.lexsort((world.numbers.random(DOSSIERS), counts)).tolist()


def test_readings_placed_where_suggested_select_better_than_spread_evenly():
    seeds = range(16)

    suggested = np.mean([after(seed, by_value) for seed in seeds])
    spread = np.mean([after(seed, evenly) for seed in seeds])

    assert suggested > spread + 0.01


def test_the_most_useful_reading_comes_first_at_a_hundred_per_cent():
    fit = World(1).fit()

    found = suggestions(fit, rank(fit, places=PLACES), PLACES)

    assert found[0].share == 1
    assert [one.share for one in found] == sorted((one.share for one in found), reverse=True)
    assert found[0].dossier == int(next(iter(value_of_review(fit, PLACES))))


@pytest.mark.parametrize("places", [0, DOSSIERS])
def test_nothing_is_suggested_when_all_or_none_are_funded(places):
    fit = World(1).fit()

    assert suggestions(fit, rank(fit), places) == ()
