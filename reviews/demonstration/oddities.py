"""What officers must notice: filings refused, late or incomplete, and one project told twice."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from accounts.access import Refused
from grants.dossiers.models import Dossier
from grants.dossiers.operations import submit
from reviews.demonstration import screening
from reviews.demonstration.clock import at
from reviews.demonstration.stock import Project

DAYS_GIVEN, HOURS_LATE = 2, 5


def with_a_twin(projects: list[Project]) -> list[Project]:
    """The last company belongs to the group of the first, and tells nearly the same project."""
    first, *others = projects
    if not others:
        return projects
    last = others[-1]
    twin = replace(
        first, company=last.company, city=last.city, department=last.department,
        title=f"{first.title}, second site", sister=first.company,
    )  # fmt: skip
    return [first, *others[:-1], twin]


def press_too_early(draft: Dossier, moment: datetime) -> None:
    """Handed in although half of it is missing: refused, and remembered."""
    with at(moment), suppress(Refused):
        submit(draft, actor=draft.created_by, at=moment)


def answer_too_late(dossier: Dossier, *, officer, after: timedelta, now: datetime) -> None:
    """Asked to complete, the company sends its answer some hours after the date given."""
    screening.ask_completion([dossier], officer=officer, after=after, days_to_answer=DAYS_GIVEN)
    moment = dossier.reopened_until + timedelta(hours=HOURS_LATE)
    if moment < now:
        press_too_early(dossier, moment)
