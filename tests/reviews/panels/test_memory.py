from django.core.cache import cache

from reviews.panels.memory import AT_HAND, MOST_AT_HAND, remembered


def test_the_same_inputs_are_computed_once():
    calls = []

    def compute():
        calls.append(1)
        return "answer"

    assert [remembered("x", (1, 2), compute) for _ in range(2)] == ["answer", "answer"]
    assert len(calls) == 1


def test_other_inputs_are_computed_again():
    assert remembered("x", (1, 2), lambda: "first") == "first"
    assert remembered("x", (1, 3), lambda: "second") == "second"


def test_a_lost_cache_only_costs_time():
    remembered("x", (1,), lambda: "first")
    cache.clear()
    AT_HAND.clear()

    assert remembered("x", (1,), lambda: "again") == "again"


def test_a_process_asks_the_cache_once_and_holds_the_last_answers_only():
    remembered("x", 0, lambda: "first")
    cache.clear()
    assert remembered("x", 0, lambda: "again") == "first"

    for n in range(1, MOST_AT_HAND + 1):
        remembered("x", n, lambda: "other")

    assert len(AT_HAND) == MOST_AT_HAND
    cache.clear()
    assert remembered("x", 0, lambda: "again") == "again"
