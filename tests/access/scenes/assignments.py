from reviews.assignments.rules import Wish
from tests.access.cast import Cast


def cast_with(state):
    cast = Cast(call_state="reviewing", dossier_state=state)
    assert cast.expert
    assert cast.dossier
    if state == "in_review":
        assert cast.assignment
    return cast


def call(state):
    cast = cast_with(state)
    return cast, [cast.call.pk], {}


def dossier(state):
    cast = cast_with(state)
    return cast, [cast.dossier.pk], {}


def assignment(state):
    cast = cast_with(state)
    return cast, [cast.assignment.pk], {"reason": "Charge trop lourde."}


def pair(state):
    cast = cast_with(state)
    return cast, [cast.dossier.pk, cast.expert.pk], {"kind": "wanted", "reason": "Le thème."}


def wish(state):
    cast, [dossier, expert], said = pair(state)
    found = Wish.objects.create(
        dossier_id=dossier, expert_id=expert, set_by=cast.expert.user, **said
    )
    return cast, [found.pk], {}


SCENES = {
    "assignments:rules": call,
    "assignments:change": pair,
    "assignments:wish": pair,
    "assignments:lift": wish,
    "assignments:overview": call,
    "assignments:plan": call,
    "assignments:problem": call,
    "assignments:dossier": dossier,
    "assignments:remove": assignment,
}
