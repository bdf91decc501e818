"""The experts of a call: invited, bound by their undertaking, given dossiers by the solver."""

from datetime import timedelta

from accounts.people.models import User
from reviews.assignments import operations as assignments
from reviews.assignments.proposal import propose
from reviews.demonstration.cast import enter
from reviews.demonstration.clock import at
from reviews.demonstration.companies import address_of
from reviews.demonstration.numbers import siren
from reviews.demonstration.stock import read
from reviews.evaluations import operations as evaluations
from reviews.experts import operations as experts
from reviews.experts.models import Expert, Expertise, Interest

NAMED = ("reviewer_assigned", "reviewer_other", "reviewer_conflicted")
HOUSES_FROM = 90_001


def gather(identities, themes, names) -> list[Expert]:
    """The experts with what they know; the first three are those people sign in as."""
    rows = read("experts")
    houses = sorted({row["organisation"] for row in rows})
    users = [identities[role] for role in NAMED]
    users += enter([invented(next(names)) for _row in rows[len(NAMED) :]])
    found = Expert.objects.bulk_create(
        Expert(
            user=user,
            organisation=row["organisation"],
            siren=siren(HOUSES_FROM + 53 * houses.index(row["organisation"])),
            title=row["title"],
            biography=row["biography"],
        )
        for user, row in zip(users, rows, strict=True)
    )
    Expertise.objects.bulk_create(
        Expertise(expert=expert, theme=themes[key], level=level)
        for expert, row in zip(found, rows, strict=True)
        for key, level in row["levels"].items()
    )
    return found


def invented(name: str) -> User:
    return User(full_name=name, email=address_of(name, "exemple.fr"))


def invite(call, found, *, officer, capacity: int, days_before: float) -> None:
    """Invite everybody; they sign within a few days."""
    for n, expert in enumerate(found):
        with at(call.closes_at - timedelta(days=days_before)) as moment:
            seat = experts.invite(
                call, email=expert.user.email, full_name=expert.user.full_name,
                organisation=expert.organisation, capacity=capacity, actor=officer, at=moment,
            )  # fmt: skip
        with at(moment + timedelta(days=1 + n % 4, hours=n % 7)) as signed:
            experts.sign(seat, actor=expert.user, at=signed)


def invite_newcomer(call, user, *, officer, on) -> None:
    """Somebody invited a few days ago, who has not answered yet."""
    with at(on) as moment:
        experts.invite(
            call, email=user.email, full_name=user.full_name, actor=officer,
            organisation="Université du Ponant", capacity=8, at=moment,
        )  # fmt: skip


def report_conflicts(pairs, *, officer, on) -> None:
    """Links known before anybody is given anything: the solver keeps away from them."""
    with at(on):
        for (expert, dossier), (kind, text) in pairs:
            assignments.declare_interest(expert, dossier, kind=kind, text=text, actor=officer)


def hand_out(call, *, officer, on):
    """Apply the proposal of the solver as an officer would: read it, agree to it."""
    with at(on) as moment:
        proposal = propose(call)
        return evaluations.hand_out(call, digest=proposal.digest, actor=officer, at=moment)


def clear(given, *, moments) -> None:
    """These readers have declared to have no link."""
    Interest.objects.bulk_create(
        Interest(
            expert=assignment.expert,
            dossier=assignment.dossier,
            kind=Interest.Kind.NONE,
            declared_by=assignment.expert.user,
            declared_at=moment,
        )
        for assignment, moment in zip(given, moments, strict=True)
    )
