"""The measures of `bench.conflicts`, on one small set: they may not slip unseen."""

from bench.conflicts import PRECISION, RECALL, conflicted_runs, found_in
from bench.planted import Sower


def test_planted_links_are_found_and_most_of_what_is_found_was_planted():
    planted = Sower(11, experts=30, companies=80).sow(each=8, trap_each=3)
    links = set(planted.links)

    found = found_in(planted)

    assert len(found & links) / len(links) >= RECALL
    assert len(found & links) / len(found) >= PRECISION


def test_the_same_seed_plants_the_same_set():
    assert Sower(3, experts=9, companies=20).sow(2, 1) == Sower(3, experts=9, companies=20).sow(
        2, 1
    )


def test_nobody_is_assigned_against_a_link_in_random_calls():
    given, _impossible, conflicted = conflicted_runs(60)

    assert (given > 100, conflicted) == (True, 0)
