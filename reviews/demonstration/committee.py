"""This year's committee: convened while the last evaluations are awaited."""

from datetime import timedelta

from accounts.people.models import User
from reviews.committees import operations as committees
from reviews.committees.models import Session
from reviews.committees.states import Part
from reviews.demonstration.clock import at
from reviews.demonstration.timetable import Round

INVITED_BEFORE = 22  # days before the committee
PARTS = {
    "manager": Part.CHAIR,
    "officer": Part.SECRETARY,
    "reviewer_assigned": Part.MEMBER,
    "reviewer_other": Part.MEMBER,
    "reviewer_conflicted": Part.MEMBER,
}


def convene(call, calendar: Round, people: dict[str, User]) -> Session:
    """The manager presides; one member has a link with the dossier of Fungilène."""
    with at(calendar.moment(calendar.committee - INVITED_BEFORE)):
        return committees.plan(
            call,
            parts={people[who]: part for who, part in PARTS.items()},
            actor=people["manager"],
            held_at=calendar.moment(calendar.committee) + timedelta(hours=2),
            place="Hôtel de Région, salle Montségur, et visioconférence",
            mode=Session.Mode.VOTE,
            quorum=3,
        )
