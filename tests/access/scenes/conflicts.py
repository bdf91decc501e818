from tests.access.cast import Cast
from tests.factories import make_link


def cast_with(state):
    """The other reviewer is linked to the dossier; the reviewer reads it."""
    cast = Cast(call_state="reviewing", dossier_state="in_review")
    assert cast.assignment
    link = make_link(cast.other_reviewer.expert, cast.dossier, state=state)
    return cast, link


def call(state):
    cast, _link = cast_with(state)
    return cast, [cast.call.pk], {}


def link(state):
    cast, link = cast_with(state)
    return cast, [link.pk], {"outcome": "lift", "reason": "Homonyme."}


def pair(state):
    """The reader who turns out to be linked; `open`: so far nobody knows."""
    cast, _link = cast_with(state)
    fields = {"kind": "employment", "text": "Administrateur.", "because": "Presse locale."}
    return cast, [cast.dossier.pk, cast.expert.pk], fields


SCENES = {
    "conflicts:signal": pair,
    "conflicts:links": call,
    "conflicts:look": call,
    "conflicts:link": link,
    "conflicts:settle": link,
}
