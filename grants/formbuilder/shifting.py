"""The calendar of a call one year later: the same day and hour on the clock of Paris."""

from datetime import UTC, date, datetime

from django.utils import timezone

SAME = (
    "summary", "max_rate", "max_aid", "max_grant", "min_base_mvp", "min_base", "max_months",
    "max_age_years", "reviews_per_dossier", "reading_minutes", "method", "top_score", "threshold",
    "experts_read_personal", "four_eyes",
)  # fmt: skip
MOMENTS = ("opens_at", "closes_at", "reviews_due_at")
DAYS = ("committee_on", "decision_on", "reserve_until")


def next_round(call):
    """What a call of the following year starts from; its manager may change every word."""
    return {
        "title": next_year_in(call.title, call.year),
        "code": next_year_in(call.code, call.year),
        "year": call.year + 1,
        **{name: getattr(call, name) for name in SAME},
        **{name: moment_later(getattr(call, name)) for name in MOMENTS},
        **{name: day_later(getattr(call, name)) for name in DAYS},
    }


def next_year_in(text, year):
    """“Appel 2026” becomes “Appel 2027”, “SID26” becomes “SID27”; no year, no guess."""
    if str(year) in text:
        return text.replace(str(year), str(year + 1))
    short, following = f"{year % 100:02d}", f"{(year + 1) % 100:02d}"
    if text.endswith(short):
        return text.removesuffix(short) + following
    return text if " " in text else ""


def day_later(day: date) -> date:
    """29 February falls back to the 28th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def moment_later(at: datetime) -> datetime:
    """An hour that the clock skips in spring becomes the one after it."""
    here = timezone.localtime(at)
    wanted = datetime.combine(day_later(here.date()), here.time(), here.tzinfo)
    return timezone.localtime(wanted.astimezone(UTC))
