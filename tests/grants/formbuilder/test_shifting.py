from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from grants.formbuilder.shifting import day_later, moment_later, next_year_in

PARIS = ZoneInfo("Europe/Paris")


def test_day_moves_by_a_year_and_29_february_falls_back():
    assert day_later(date(2027, 1, 14)) == date(2028, 1, 14)
    assert day_later(date(2028, 2, 29)) == date(2029, 2, 28)


def test_hour_stays_the_same_on_the_clock_whatever_the_season():
    # 27 March 2027 is winter time in Paris, 27 March 2028 is summer time.
    at = datetime(2027, 3, 27, 12, 0, tzinfo=PARIS)

    later = timezone.localtime(moment_later(at))

    assert (later.day, later.hour, later.year) == (27, 12, 2028)
    assert later.utcoffset() != at.utcoffset()


def test_hour_that_does_not_exist_next_year_becomes_the_one_after():
    # 26 March 2028: the clock skips from 2 to 3.
    later = timezone.localtime(moment_later(datetime(2027, 3, 26, 2, 30, tzinfo=PARIS)))

    assert (later.year, later.day, later.hour, later.minute) == (2028, 26, 3, 30)


@pytest.mark.parametrize(
    ("text", "following"),
    [
        ("Start-up industrie de demain 2027", "Start-up industrie de demain 2028"),
        ("SID27", "SID28"),
        ("AP3", ""),
        ("Appel permanent", "Appel permanent"),
    ],
)
def test_year_in_a_name_follows(text, following):
    assert next_year_in(text, 2027) == following
