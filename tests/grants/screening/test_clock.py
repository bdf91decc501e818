"""The delay after which silence refuses: cases worked by hand."""

from datetime import date

import pytest

from grants.screening.clock import RESTART, SUSPEND, Asked, clock, months_after
from tests.tables import read_table

# Days of 2027; “-” is a day that did not come. One request to complete at most.
CASES = """
filed   asked   due     answered  effect   today   until
01-15   -       -       -         -        01-20   03-15
12-31   -       -       -         -        12-31   02-29
01-15   01-25   02-10   02-04     restart  02-05   04-04
01-15   01-25   02-10   -         restart  02-01   -
01-15   01-25   02-10   -         restart  02-20   -
01-15   01-25   02-10   02-20     restart  02-25   04-20
01-15   01-25   02-10   02-04     suspend  02-05   03-25
01-15   01-25   02-10   -         suspend  02-10   -
01-15   01-25   02-10   -         suspend  02-11   03-31
01-15   01-25   02-10   02-20     suspend  02-25   03-31
01-15   03-16   03-30   03-20     restart  04-01   03-15
01-15   03-15   03-30   03-20     restart  04-01   05-20
"""


def day(text):
    if text == "-":
        return None
    month, of_month = map(int, text.split("-"))
    return date(2027, month, of_month)


@pytest.mark.parametrize("case", read_table(CASES), ids=lambda c: f"{c['effect']} {c['today']}")
def test_the_delay_of_one_request(case):
    asked = []
    if case["asked"] != "-":
        asked = [Asked(day(case["asked"]), day(case["due"]), case["effect"], day(case["answered"]))]
    filed = day(case["filed"])
    until = date(2028, 2, 29) if case["filed"] == "12-31" else day(case["until"])

    assert clock(filed, asked, today=day(case["today"])).until == until


def test_requests_follow_each_other():
    asked = [
        Asked(date(2027, 2, 1), date(2027, 2, 15), SUSPEND, date(2027, 2, 6)),
        Asked(date(2027, 3, 1), date(2027, 3, 15), RESTART, date(2027, 3, 10)),
        Asked(date(2027, 4, 1), date(2027, 4, 15), SUSPEND, None),
    ]

    found = clock(date(2027, 1, 15), asked, today=date(2027, 4, 2))

    assert [step.until for step in found.steps] == [
        date(2027, 3, 15), None, date(2027, 3, 20), None, date(2027, 5, 10), None,
    ]  # fmt: skip
    assert found.is_stopped
    assert found.stopped_on == date(2027, 4, 1)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2027, 12, 31), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2027, 2, 28)),
        (date(2027, 1, 1), date(2027, 3, 1)),
    ],
)
def test_two_months_end_on_a_day_that_exists(start, end):
    assert months_after(start, 2) == end
