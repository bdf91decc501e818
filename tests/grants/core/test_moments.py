from datetime import UTC, datetime

import pytest
from django import forms
from django.core.exceptions import ValidationError

from grants.core.moments import DayField, MomentField, end_of_day, happens_twice, twice_note

SPRING = "2027-03-28T02:30"
AUTUMN = "2027-10-31T02:30"


@pytest.mark.parametrize(
    ("typed", "instant"),
    [
        ("2027-01-14T12:00", datetime(2027, 1, 14, 11, 0, tzinfo=UTC)),
        ("2027-07-14T12:00", datetime(2027, 7, 14, 10, 0, tzinfo=UTC)),
        ("14/01/2027 12:00", datetime(2027, 1, 14, 11, 0, tzinfo=UTC)),
        ("2027-03-28T01:59", datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        ("2027-03-28T03:00", datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        (AUTUMN, datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
        ("2027-10-31T03:00", datetime(2027, 10, 31, 2, 0, tzinfo=UTC)),
    ],
)
def test_a_typed_hour_is_read_in_paris(typed, instant):
    assert MomentField().clean(typed) == instant


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (SPRING, "skipped"),
        ("2027-03-28T02:00", "skipped"),
        ("2027-02-30T12:00", "invalid"),
        ("demain", "invalid"),
        ("0001-01-01T00:00", "far"),
        ("9999-12-31T23:59", "far"),
    ],
)
def test_an_hour_that_cannot_be_is_refused(typed, code):
    with pytest.raises(ValidationError) as caught:
        MomentField().clean(typed)

    assert caught.value.code == code


def test_the_hour_that_comes_twice_is_the_first_and_said():
    moment = MomentField().clean(AUTUMN)

    assert happens_twice(moment)
    assert moment == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert "arrive deux fois" in twice_note("Clôture", moment)


class Meeting(forms.Form):
    held_at = MomentField(label="Réunion", help_text="Heure de Paris.")


@pytest.mark.parametrize("typed", [AUTUMN, "31/10/2027 02:30"])
def test_the_field_itself_says_that_its_hour_comes_twice(typed):
    kept = MomentField().clean(typed)

    for form in (Meeting({"held_at": typed}), Meeting(initial={"held_at": kept})):
        assert form["held_at"].help_text.startswith("Heure de Paris. ")
        assert "arrive deux fois" in form["held_at"].help_text


@pytest.mark.parametrize("typed", [SPRING, "demain", "", "2027-10-31T03:00"])
def test_any_other_value_leaves_the_help_alone(typed):
    assert Meeting({"held_at": typed})["held_at"].help_text == "Heure de Paris."


def test_an_ordinary_hour_needs_no_note():
    assert twice_note("Clôture", MomentField().clean("2027-10-31T04:30")) is None


@pytest.mark.parametrize("typed", ["0001-01-01", "1e5", "31/02/2027"])
def test_an_odd_day_is_refused(typed):
    with pytest.raises(ValidationError):
        DayField().clean(typed)


def test_the_end_of_a_day_is_in_paris():
    now = datetime(2027, 3, 20, 9, 0, tzinfo=UTC)

    assert end_of_day(15, now=now).astimezone(UTC) == datetime(2027, 4, 4, 21, 59, tzinfo=UTC)


def test_a_moment_with_its_zone_stays_as_it_is():
    at = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)

    assert MomentField().clean(at) == at
