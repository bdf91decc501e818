"""The world counts from the last noon: nothing of its past lies ahead, at any hour it is made."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from reviews.demonstration.timetable import day_of_last_noon, next_year

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("hour", "day"),
    [
        ((2027, 3, 10, 0, 14), date(2027, 3, 9)),
        ((2027, 3, 10, 11, 59), date(2027, 3, 9)),
        ((2027, 3, 10, 12, 0), date(2027, 3, 10)),
        ((2027, 3, 10, 23, 59), date(2027, 3, 10)),
        ((2027, 3, 28, 12, 30), date(2027, 3, 28)),
        ((2027, 10, 31, 11, 30), date(2027, 10, 30)),
    ],
)
def test_noon_of_its_first_day_is_over(hour, day):
    now = datetime(*hour, tzinfo=PARIS)

    found = day_of_last_noon(now.astimezone(ZoneInfo("UTC")))

    assert found == day
    with timezone.override(PARIS):
        assert next_year(found).moment(0) <= now
