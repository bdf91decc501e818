from grants.decisions.undertakings import undertakings


def test_control_passes_through_others():
    found = undertakings([("1", "1"), ("2", "3"), ("3", "4"), ("5", "5"), ("4", "2")])

    assert found["2"] == found["4"] == frozenset("234")
    assert (found["1"], found["5"]) == (frozenset("1"), frozenset("5"))
