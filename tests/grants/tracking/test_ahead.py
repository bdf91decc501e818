"""Ranges from the call's own dates, worked by hand."""

from datetime import date

import pytest

from grants.dossiers.states import DECIDED, State
from grants.tracking.ahead import PLACES, WAITS_FOR, Calendar, ahead
from grants.tracking.standing import HANDS, STANDINGS, standing
from tests.tables import read_table

CALENDAR = Calendar(
    closes_on=date(2027, 1, 14),
    reviews_due_on=date(2027, 2, 13),
    committee_on=date(2027, 3, 3),
    decision_on=date(2027, 3, 28),
)

# The step a dossier waits for, how its range is said, from and to; late or not. Days of 2027.
CASES = """
state       today  kind       shape    earliest  latest  late
draft       01-10  filing     by       -         01-14   no
draft       01-14  filing     by       -         01-14   no
submitted   01-10  screening  by       -         02-13   no
submitted   02-13  screening  by       -         02-13   no
submitted   02-14  screening  by       -         02-13   yes
incomplete  01-20  screening  by       -         02-13   no
admissible  01-10  review     between  01-14     02-13   no
admissible  01-15  review     by       -         02-13   no
in_review   02-14  review     between  01-14     02-13   yes
ranked      03-02  vote       between  03-03     03-28   no
ranked      03-04  vote       by       -         03-28   no
ranked      03-29  vote       between  03-03     03-28   yes
"""


def day(text):
    return None if text == "-" else date(2027, *map(int, text.split("-")))


@pytest.mark.parametrize("case", read_table(CASES), ids=lambda c: f"{c['state']} {c['today']}")
def test_what_a_dossier_waits_for_and_until_when(case):
    places = ahead(case["state"], CALENDAR, today=day(case["today"]))

    [here] = [place for place in places if place.is_current]
    assert (here.kind, here.shape, here.earliest, here.latest, here.is_late) == (
        case["kind"], case["shape"], day(case["earliest"]), day(case["latest"]),
        case["late"] == "yes",
    )  # fmt: skip
    assert [place.kind for place in places] == list(PLACES)


@pytest.mark.parametrize("state", sorted(DECIDED | {"inadmissible", "withdrawn"}))
def test_a_dossier_that_left_or_is_decided_has_no_way(state):
    assert ahead(state, CALENDAR, today=date(2027, 1, 1)) == ()


def test_no_day_is_promised_for_the_letter():
    letter = ahead("submitted", CALENDAR, today=date(2027, 1, 20))[-1]

    assert (letter.shape, letter.earliest, letter.latest) == ("from", date(2027, 3, 28), None)


def test_every_state_has_its_words_and_its_place():
    assert set(STANDINGS) == set(State)
    assert set(WAITS_FOR) | DECIDED | {"inadmissible", "withdrawn"} == set(State)
    assert {found.hand for found in STANDINGS.values()} == set(HANDS)


@pytest.mark.parametrize(
    ("state", "is_open", "versions", "title"),
    [
        ("draft", True, 0, "Votre dossier est en cours d’écriture"),
        ("draft", False, 0, "Ce dossier n’a pas été déposé à temps"),
        ("submitted", False, 1, "Votre dossier est déposé"),
        ("submitted", False, 2, "Vos compléments sont reçus"),
        ("incomplete", True, 1, "La Région attend vos compléments"),
        ("incomplete", False, 1, "Le délai pour compléter est passé"),
    ],
)
def test_the_status_line_knows_what_the_reader_can_still_do(state, is_open, versions, title):
    assert str(standing(state, is_open=is_open, versions=versions).title) == title
