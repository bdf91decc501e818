"""A session of the cast's call: the manager presides, the officer is its secretary, `reviewer` and
`other_reviewer` sit as members; all are in the room, and `other_reviewer` has a link with the
dossier under discussion."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from reviews.committees import operations
from reviews.committees.states import Part
from reviews.experts.models import Interest
from tests.access.cast import Cast
from tests.access.scenes.evaluations import WALK, attach
from tests.factories import make_evaluation, make_user

AFTER_OPENING = ("opened", "discussed", "voting", "settled", "consensus", "closed")


def scene(state):
    cast = Cast(call_state="reviewing")
    cast.document = attach(cast.dossier)
    for step in WALK:
        cast.dossier.state = step
        cast.dossier.submitted_at = cast.dossier.created_at
        cast.dossier.save()
    make_evaluation(assignment=cast.assignment, submitted=True)
    if state == "none":
        return cast
    link(cast)
    cast.member = make_user()
    cast.session = operations.plan(
        cast.call,
        parts={
            cast.manager: Part.CHAIR,
            cast.officer: Part.SECRETARY,
            cast.reviewer: Part.MEMBER,
            cast.other_reviewer: Part.MEMBER,
            cast.member: Part.MEMBER,
        },
        actor=cast.officer,
        held_at=timezone.now() + timedelta(days=1),
        place="Salle 3",
        mode="consensus" if state == "consensus" else "vote",
        quorum=1,
    )
    if state in AFTER_OPENING:
        hold(cast, state)
    return cast


def link(cast):
    Interest.objects.create(
        expert=cast.other_reviewer.expert,
        dossier=cast.dossier,
        kind="family",
        declared_by=cast.other_reviewer,
    )


def hold(cast, state):
    operations.open_session(cast.session, actor=cast.manager)
    for member in cast.session.members.all():
        operations.arrive(cast.session, member, actor=cast.manager)
    if state == "opened":
        return
    item = operations.call_up(item_of(cast), actor=cast.manager)
    if state in {"voting", "settled"}:
        operations.put_to_vote(item, proposed=Decimal(4), note="", actor=cast.manager)
    if state == "settled":
        operations.settle(item, actor=cast.manager)
    if state == "closed":
        operations.close(cast.session, actor=cast.manager)


def item_of(cast):
    return cast.session.items.select_related("session__call", "dossier").get()


def no_object(state):
    return Cast(), [], {}


def call(state):
    cast = scene(state)
    return cast, [cast.call.pk], {"quorum": "0"}


def session(state):
    cast = scene(state)
    return cast, [cast.session.pk], {}


def item(state):
    cast = scene(state)
    fields = {"proposed": "3,5", "note": "Bien.", "choice": "for", "text": "Je note."}
    return cast, [item_of(cast).pk], fields


def document(state):
    cast = scene(state)
    return cast, [item_of(cast).pk, cast.document.pk], {}


SESSIONS = ("room", "pulse", "revise", "rebuild", "cancel", "open", "close", "arrive", "leave",
            "minutes")  # fmt: skip
ITEMS = ("reading", "call_up", "set_aside", "put_to_vote", "cast", "stop_vote", "settle", "agree",
         "withdraw", "remark")  # fmt: skip
SCENES = {
    "committees:list": no_object,
    "committees:plan": call,
    "committees:document": document,
    **{f"committees:{name}": session for name in SESSIONS},
    **{f"committees:{name}": item for name in ITEMS},
}
