"""Whole years between two days. The anniversary of a 29 February falls on the 28th."""

from datetime import date


def years_after(start: date, years: int) -> date:
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return start.replace(year=start.year + years, day=28)


def years_before(end: date, years: int) -> date:
    return years_after(end, -years)


def full_years(start: date, on: date) -> int | None:
    """Birthdays passed; None when the company does not exist yet."""
    if on < start:
        return None
    years = on.year - start.year
    return years if years_after(start, years) <= on else years - 1


def younger_than(start: date | None, years: int, on: date) -> bool | None:
    """Strictly: the birthday itself is no longer younger. A birth to come answers nothing."""
    if start is None or on < start:
        return None
    return on < years_after(start, years)


def at_most(start: date | None, years: int, on: date) -> bool | None:
    """Up to and including the birthday."""
    if start is None or on < start:
        return None
    return on <= years_after(start, years)
