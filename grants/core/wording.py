"""How amounts, shares, dates and delays are written, in French and in English.

Pure functions: the caller gives the instant in the zone it should be read in.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

NARROW = "\u202f"  # before ; : ! ? %, inside and after amounts
HARD = "\u00a0"
NOTHING = "—"
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Voice:
    """The words and habits of one language."""

    days: tuple[str, ...]
    months: tuple[str, ...]
    thousands: str
    decimal: str
    amount: str
    share: str
    day: str
    hour: str
    twice: tuple[str, str]  # winter, summer: of an hour that comes twice in a night
    at: str
    ahead: str
    past: str
    soon: str
    just: str
    units: tuple[tuple[str, str], ...]  # day, hour, minute
    first: str
    singular: tuple[int, ...]


FRENCH = Voice(
    days=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    months=(
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ),
    thousands=NARROW,
    decimal=",",
    amount="{sign}{number}" + NARROW + "€",
    share="{number}" + NARROW + "%",
    day="{day}" + HARD + "{month} {year}",
    hour="{hour}" + NARROW + "h" + NARROW + "{minute:02d}",
    twice=(" (heure d’hiver)", " (heure d’été)"),
    at="{day} à" + HARD + "{hour}",
    ahead="dans {delay}",
    past="il y a {delay}",
    soon="dans moins d’une minute",
    just="à l’instant",
    units=(("jour", "jours"), ("heure", "heures"), ("minute", "minutes")),
    first="1er",
    singular=(0, 1),
)
ENGLISH = Voice(
    days=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=(
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    thousands=",",
    decimal=".",
    amount="{sign}€{number}",
    share="{number}%",
    day="{day}" + HARD + "{month} {year}",
    hour="{hour:02d}:{minute:02d}",
    twice=(" (winter time)", " (summer time)"),
    at="{day} at" + HARD + "{hour}",
    ahead="in {delay}",
    past="{delay} ago",
    soon="in less than a minute",
    just="just now",
    units=(("day", "days"), ("hour", "hours"), ("minute", "minutes")),
    first="1",
    singular=(1,),
)


def number(value: Decimal | int | None, *, places: int = 0, voice: Voice = FRENCH) -> str:
    """`12 345,6`, rounded half up; trailing zeros stay, so columns line up."""
    if value is None:
        return NOTHING
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    whole, _, fraction = f"{abs(rounded):,f}".partition(".")
    written = whole.replace(",", voice.thousands) + (voice.decimal + fraction if fraction else "")
    return ("−" if rounded < 0 else "") + written


def euros(amount: Decimal | int | None, *, voice: Voice = FRENCH) -> str:
    """`148 500 €`; cents are written only where there are some."""
    if amount is None:
        return NOTHING
    exact = Decimal(amount).quantize(CENT, rounding=ROUND_HALF_UP)
    places = 0 if exact == exact.to_integral_value() else 2
    sign = "−" if exact < 0 else ""
    return voice.amount.format(sign=sign, number=number(abs(exact), places=places, voice=voice))


def percent(share: Decimal | int | None, *, places: int = 0, voice: Voice = FRENCH) -> str:
    """A share of one: `percent(Decimal("0.425"), places=1)` is `42,5 %`."""
    if share is None:
        return NOTHING
    return voice.share.format(number=number(Decimal(share) * 100, places=places, voice=voice))


def day(when: date | None, *, weekday: bool = True, voice: Voice = FRENCH) -> str:
    """`jeudi 14 janvier 2027`; the first of a month is `1er`."""
    if when is None:
        return NOTHING
    of_month = voice.first if when.day == 1 else str(when.day)
    written = voice.day.format(day=of_month, month=voice.months[when.month - 1], year=when.year)
    return f"{voice.days[when.weekday()]} {written}" if weekday else written


def hour(when: datetime | None, *, voice: Voice = FRENCH) -> str:
    """`12 h 00`; of an hour that comes twice, which one."""
    if when is None:
        return NOTHING
    written = voice.hour.format(hour=when.hour, minute=when.minute)
    return written + (voice.twice[bool(when.dst())] if comes_twice(when) else "")


def comes_twice(when: datetime) -> bool:
    """True in the hour the clocks live through twice, on the October night they go back."""
    first, second = when.replace(fold=0).utcoffset(), when.replace(fold=1).utcoffset()
    return first is not None and second is not None and first > second


def moment(when: datetime | None, *, weekday: bool = True, voice: Voice = FRENCH) -> str:
    """`jeudi 14 janvier 2027 à 12 h 00`."""
    if when is None:
        return NOTHING
    written = day(when, weekday=weekday, voice=voice)
    return voice.at.format(day=written, hour=hour(when, voice=voice))


def count(n: int, singular: str, plural: str, *, voice: Voice = FRENCH) -> str:
    """`0 dossier`, `1 dossier`, `2 dossiers`: French counts nothing in the singular."""
    return f"{number(n, voice=voice)}{HARD}{singular if n in voice.singular else plural}"


def delay(span: timedelta, *, voice: Voice = FRENCH) -> str:
    """The largest unit that still tells something: days from two days on, then hours, minutes."""
    minutes = int(abs(span).total_seconds() // 60)
    in_days, in_hours, in_minutes = voice.units
    if minutes >= 48 * 60:
        return count(minutes // (24 * 60), *in_days, voice=voice)
    if minutes >= 120:
        return count(minutes // 60, *in_hours, voice=voice)
    return count(minutes, *in_minutes, voice=voice)


def countdown(until: datetime | None, *, now: datetime, voice: Voice = FRENCH) -> str:
    """`dans 3 jours` or `il y a 20 minutes`; never promises more than is left."""
    if until is None:
        return NOTHING
    # Two clocks of one zone are subtracted by their faces: an hour is lost or found at night.
    left = until.astimezone(UTC) - now.astimezone(UTC)
    if abs(left) < timedelta(minutes=1):
        return voice.soon if left > timedelta(0) else voice.just
    frame = voice.ahead if left > timedelta(0) else voice.past
    return frame.format(delay=delay(left, voice=voice))
