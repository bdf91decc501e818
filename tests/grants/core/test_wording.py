from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from grants.core import wording
from grants.core.wording import ENGLISH, NARROW

NOON = datetime(2027, 1, 14, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (Decimal("148500"), f"148{NARROW}500{NARROW}€"),
        (Decimal("148500.50"), f"148{NARROW}500,50{NARROW}€"),
        (Decimal("0"), f"0{NARROW}€"),
        (Decimal("-1200"), f"−1{NARROW}200{NARROW}€"),
        (Decimal("0.005"), f"0,01{NARROW}€"),
        (1_234_567, f"1{NARROW}234{NARROW}567{NARROW}€"),
        (None, "—"),
    ],
)
def test_euros_are_written_with_narrow_spaces_and_cents_only_when_needed(amount, written):
    assert wording.euros(amount) == written


def test_english_euros_lead_with_the_sign():
    assert wording.euros(Decimal("-148500.50"), voice=ENGLISH) == "−€148,500.50"


@pytest.mark.parametrize(
    ("share", "places", "written"),
    [
        (Decimal("0.425"), 1, f"42,5{NARROW}%"),
        (Decimal("0.425"), 0, f"43{NARROW}%"),
        (Decimal("1"), 0, f"100{NARROW}%"),
        (None, 0, "—"),
    ],
)
def test_percent_takes_a_share_of_one(share, places, written):
    assert wording.percent(share, places=places) == written


def test_number_keeps_trailing_zeros_so_that_columns_line_up():
    assert wording.number(Decimal("12345.6"), places=2) == f"12{NARROW}345,60"


def test_day_names_the_weekday_and_the_first_of_the_month():
    assert wording.day(date(2027, 1, 14)) == "jeudi 14\u00a0janvier 2027"
    assert wording.day(date(2027, 8, 1), weekday=False) == "1er\u00a0août 2027"
    assert wording.day(None) == "—"


def test_moment_ends_with_the_hour_in_french_manner():
    assert wording.moment(NOON) == f"jeudi 14\u00a0janvier 2027 à\u00a012{NARROW}h{NARROW}00"
    assert wording.moment(NOON, voice=ENGLISH) == "Thursday 14\u00a0January 2027 at\u00a012:00"
    assert wording.moment(None) == "—"
    assert wording.hour(None) == "—"


@pytest.mark.parametrize(
    ("left", "written"),
    [
        (timedelta(days=3, hours=2), "dans 3\u00a0jours"),
        (timedelta(days=2), "dans 2\u00a0jours"),
        (timedelta(days=2, seconds=-1), "dans 47\u00a0heures"),
        (timedelta(minutes=119), "dans 119\u00a0minutes"),
        (timedelta(seconds=61), "dans 1\u00a0minute"),
        (timedelta(seconds=59), "dans moins d’une minute"),
        (timedelta(0), "à l’instant"),
        (-timedelta(hours=5), "il y a 5\u00a0heures"),
    ],
)
def test_countdown_never_promises_more_than_is_left(left, written):
    assert wording.countdown(NOON + left, now=NOON) == written


def paris(*parts, fold=0):
    return datetime(*parts, tzinfo=ZoneInfo("Europe/Paris"), fold=fold)


@pytest.mark.parametrize(
    ("now", "until", "written"),
    [
        # 28 March 2027: 2 o’clock does not exist, the night has 23 hours.
        (paris(2027, 3, 28, 1, 30), paris(2027, 3, 28, 4, 30), "dans 2\u00a0heures"),
        (paris(2027, 3, 27, 12, 0), paris(2027, 3, 29, 12, 0), "dans 47\u00a0heures"),
        # 31 October 2027: 2 o’clock comes twice, the night has 25 hours.
        (paris(2027, 10, 31, 1, 30), paris(2027, 10, 31, 4, 30), "dans 4\u00a0heures"),
        (paris(2027, 10, 31, 2, 30), paris(2027, 10, 31, 2, 30, fold=1),
         "dans 60\u00a0minutes"),
    ],
)  # fmt: skip
def test_countdown_counts_the_hour_that_the_clocks_lose_or_find(now, until, written):
    assert wording.countdown(until, now=now) == written


@pytest.mark.parametrize(
    ("at", "written"),
    [
        (paris(2027, 10, 31, 2, 30), "2\u202fh\u202f30 (heure d’été)"),
        (paris(2027, 10, 31, 2, 30, fold=1), "2\u202fh\u202f30 (heure d’hiver)"),
        (paris(2027, 10, 31, 3, 30), "3\u202fh\u202f30"),
        (paris(2027, 3, 28, 3, 30), "3\u202fh\u202f30"),
    ],
)
def test_an_hour_that_comes_twice_is_told_apart(at, written):
    assert wording.hour(at) == written


def test_countdown_to_nothing_is_a_dash():
    assert wording.countdown(None, now=NOON) == "—"


@pytest.mark.parametrize(
    ("n", "french", "english"),
    [
        (0, "0\u00a0dossier", "0\u00a0dossiers"),
        (1, "1\u00a0dossier", "1\u00a0dossier"),
        (2, "2\u00a0dossiers", "2\u00a0dossiers"),
    ],
)
def test_french_counts_nothing_in_the_singular(n, french, english):
    assert wording.count(n, "dossier", "dossiers") == french
    assert wording.count(n, "dossier", "dossiers", voice=ENGLISH) == english
