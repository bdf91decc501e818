from tests.access.cast import Cast


def call(state):
    """The reviewer has a dossier in hand, the other reviewer only a seat."""
    cast = Cast(call_state=state, dossier_state="in_review")
    assert cast.assignment
    assert cast.other_reviewer
    return cast, [cast.call.pk], {"agreed": "on", "reason": "Pas le temps."}


def profile(state):
    cast, _args, _fields = call("reviewing")
    rows = {
        f"{name}-{part}_FORMS": 0 for name in ("ties", "topics") for part in ("TOTAL", "INITIAL")
    }
    return cast, [], {"organisation": "CNRS", **rows}


def invitation(state):
    cast, args, _fields = call(state)
    fields = {
        "email": "claire.fabre@laboratoire.fr",
        "full_name": "Claire Fabre",
        "organisation": "Laboratoire",
        "capacity": "6",
    }
    return cast, args, fields


def table(state):
    cast, args, _fields = call(state)
    return cast, args, {"text": "email;nom;organisme\na@b.fr;A;B", "digest": "x"}


def seat(state):
    cast, _args, _fields = call(state)
    return cast, [cast.expert.seats.get().pk], {"capacity": "6"}


SCENES = {
    "experts:profile": profile,
    "experts:pool": call,
    "experts:invite": invitation,
    "experts:undertaking": call,
    "experts:decline": call,
    "experts:import": table,
    "experts:apply": table,
    "experts:capacity": seat,
}
