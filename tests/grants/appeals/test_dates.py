"""The statutory dates, each with the day that decides."""

from datetime import date

import pytest

from grants.appeals.dates import (
    Delay,
    Lodged,
    days_off,
    delay_for_court,
    easter,
    is_late,
    last_day,
    silence_rejects_on,
)

NOTIFIED = date(2027, 3, 10)  # a Wednesday; the delay ends on Tuesday 11 May


@pytest.mark.parametrize(
    ("notified", "until"),
    [
        (date(2027, 3, 10), date(2027, 5, 11)),
        (date(2027, 1, 15), date(2027, 3, 16)),
        (date(2026, 12, 31), date(2027, 3, 1)),  # no 31 February
        (date(2027, 6, 30), date(2027, 8, 31)),
        (date(2027, 3, 5), date(2027, 5, 7)),  # 6 May 2027, Ascension day, is the day before
        (date(2027, 3, 7), date(2027, 5, 10)),  # 8 May, a Saturday and a holiday
        (date(2027, 9, 10), date(2027, 11, 12)),  # 11 November
        (date(2027, 10, 24), date(2027, 12, 27)),  # Christmas is a Saturday
        (date(2024, 2, 29), date(2024, 4, 30)),
    ],
)
def test_two_full_months_then_the_next_working_day(notified, until):
    assert last_day(notified) == until


@pytest.mark.parametrize(
    ("lodged", "rejected"),
    [
        (date(2027, 3, 10), date(2027, 5, 10)),
        (date(2026, 12, 31), date(2027, 2, 28)),
        (date(2027, 7, 14), date(2027, 9, 14)),
    ],
)
def test_two_months_of_silence_reject(lodged, rejected):
    assert silence_rejects_on(lodged) == rejected


@pytest.mark.parametrize(("year", "day"), [(2024, (3, 31)), (2027, (3, 28)), (2038, (4, 25))])
def test_easter_and_the_days_it_moves(year, day):
    assert easter(year) == date(year, *day)
    assert len(days_off(year)) == 11


def test_an_appeal_on_the_last_day_is_in_time_and_the_next_day_late():
    assert not is_late(date(2027, 5, 11), NOTIFIED)
    assert is_late(date(2027, 5, 12), NOTIFIED)
    assert not is_late(date(2030, 1, 1), None)


def delay(*appeals, today):
    return delay_for_court(NOTIFIED, appeals, today=today)


def test_without_an_appeal_the_court_is_open_two_months():
    assert delay(today=date(2027, 4, 1)) == Delay(date(2027, 5, 11))
    assert delay_for_court(None, [], today=date(2027, 4, 1)) is None


def test_an_appeal_in_time_interrupts_until_silence_then_two_months_run():
    one = Lodged(date(2027, 4, 20))

    assert delay(one, today=date(2027, 5, 1)) == Delay(None, silence_on=date(2027, 6, 20))
    assert delay(one, today=date(2027, 6, 20)) == Delay(date(2027, 8, 23))  # the 21st is a Saturday


def test_a_rejection_makes_the_two_months_run_from_its_day():
    one = Lodged(date(2027, 4, 20), answered_on=date(2027, 5, 3))

    assert delay(one, today=date(2027, 5, 4)) == Delay(date(2027, 7, 5))  # 4 July is a Sunday


def test_a_late_appeal_interrupts_nothing():
    assert delay(Lodged(date(2027, 5, 12)), today=date(2027, 6, 1)) == Delay(date(2027, 5, 11))


def test_both_kinds_wait_for_the_last_rejection():
    gracious = Lodged(date(2027, 4, 1), answered_on=date(2027, 4, 10))
    hierarchical = Lodged(date(2027, 4, 20))

    assert delay(gracious, hierarchical, today=date(2027, 5, 1)).until is None
    assert delay(gracious, hierarchical, today=date(2027, 7, 1)) == Delay(date(2027, 8, 23))


@pytest.mark.parametrize(
    ("answered", "until"),
    [
        (date(2027, 7, 15), date(2027, 9, 16)),  # in the two months that silence opened
        (date(2027, 9, 1), date(2027, 8, 23)),  # after them: nothing opens again
    ],
)
def test_a_letter_after_the_silence_opens_the_delay_again_only_while_it_runs(answered, until):
    one = Lodged(date(2027, 4, 20), answered_on=answered)

    assert delay(one, today=date(2027, 9, 2)) == Delay(until)
