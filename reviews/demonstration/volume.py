"""Many more dossiers in the call under review, by bulk statements, to measure pages.

Every row is legal and complete (submission, digest, checklist, readings); what the operations
would add is only the mail.
"""

import math
from dataclasses import replace
from datetime import timedelta
from itertools import cycle, islice

from accounts.organisations.departments import DEPARTMENTS
from accounts.people.models import User
from grants.dossiers.content import content_of, digest_of
from grants.dossiers.forms_of import filled
from grants.dossiers.models import Dossier, Submission
from grants.dossiers.states import State
from grants.dossiers.verdict_inputs import verdict_of
from reviews.demonstration import steps, stock
from reviews.demonstration.applications import Application, Desk
from reviews.demonstration.cast import enter
from reviews.demonstration.companies import address_of
from reviews.demonstration.crowd import read_in_bulk
from reviews.experts.models import Expert, Expertise, Seat

CHUNK = 250
LOAD = 10


def add_volume(world, call, extra: int) -> None:
    experts = seat_experts(world, call, math.ceil(extra * call.reviews_per_dossier / LOAD))
    projects = islice(variations(extra), extra)
    desk = Desk(call, world.register, world.seed)
    while chunk := list(islice(projects, CHUNK)):
        read_in_bulk(receive(desk, call, chunk, world), experts, call, world)


def variations(extra: int):
    """The known projects again and again, under numbered names, in every department."""
    known = [*stock.under_review(), *stock.decided(), *stock.upcoming()]
    departments = cycle(DEPARTMENTS)
    for n, project in zip(range(extra), cycle(known), strict=False):
        yield replace(
            project,
            title=f"{project.title} ({n + 2})",
            company=f"{project.company} {n + 2}",
            department=next(departments),
            base=project.base - 500 * (n % 40),
        )


def receive(desk: Desk, call, projects, world) -> list[Dossier]:
    chance = world.chance("volume", projects[0].company)
    span = (call.closes_at - call.opens_at).total_seconds() - 7_200
    applications = [
        Application(project, call.opens_at + timedelta(seconds=span * chance.random()),
                    is_light=True)
        for project in projects
    ]  # fmt: skip
    desk.write(applications)
    names = [project.company for project in projects]
    dossiers = list(
        call.dossiers.filter(organisation__name__in=names, state=State.DRAFT)
        .select_related("call", "organisation", "form", "created_by", "theme")
        .order_by("number")
    )
    for dossier, one in zip(dossiers, applications, strict=True):
        dossier.submitted_at = one.handed_in_at
    Submission.objects.bulk_create(submission_of(dossier) for dossier in dossiers)
    walk(dossiers, officer=world.officer)
    return dossiers


def submission_of(dossier: Dossier) -> Submission:
    form = filled(dossier)
    moment = dossier.submitted_at
    verdict = verdict_of(dossier, form, on=moment.date()).as_json()
    content = content_of(dossier, form, version=1, at=moment, verdict=verdict)
    return Submission(
        dossier=dossier, version=1, at=moment, by=dossier.created_by,
        content=content, sha256=digest_of(content), deadline_at=dossier.call.closes_at,
    )  # fmt: skip


def walk(dossiers: list[Dossier], *, officer) -> None:
    """Take them through every state between, as the database requires."""
    authors = [dossier.created_by for dossier in dossiers]
    officers = [officer] * len(dossiers)
    for name, days, actors in (
        ("submit", 0, authors),
        ("admit", 4, officers),
        ("start_review", 9, officers),
    ):
        moments = [dossier.submitted_at + timedelta(days=days) for dossier in dossiers]
        steps.take(name, dossiers, moments, actors)


def seat_experts(world, call, wanted: int) -> dict[int, list[Expert]]:
    """Enough experts for everybody, by theme; their undertaking signed before the close."""
    themes = list(call.programme.themes.all())
    users = enter([person(next(world.names), n) for n in range(max(wanted, 4 * len(themes)))])
    experts = Expert.objects.bulk_create(
        Expert(user=user, organisation=f"Laboratoire {user.pk}") for user in users
    )
    Seat.objects.bulk_create(
        Seat(call=call, expert=expert, capacity=LOAD + 6, invited_at=call.opens_at,
             undertaking_signed_at=call.closes_at - timedelta(days=3))
        for expert in experts
    )  # fmt: skip
    Expertise.objects.bulk_create(
        Expertise(expert=expert, theme=themes[(n + shift) % len(themes)], level=level)
        for n, expert in enumerate(experts)
        for shift, level in ((0, 3), (1, 2))
    )
    return {
        theme.pk: [e for n, e in enumerate(experts) if n % len(themes) == place]
        for place, theme in enumerate(themes)
    }


def person(name: str, n: int) -> User:
    return User(full_name=name, email=address_of(name, f"expert{n}.exemple.fr"))
