from tests.access.cast import Cast
from tests.factories import make_envelope


def no_object(state):
    return Cast(), [], {}


def programme(state):
    cast = Cast()
    return cast, [cast.programme.pk], {}


def envelope(state):
    cast = Cast()
    return cast, [make_envelope(cast.programme).pk], {}


def commitment(state):
    cast = Cast()
    entry = make_envelope(cast.programme).entries.create(
        kind="commitment", amount=-100, reason="Vote", actor=cast.manager
    )
    return cast, [entry.pk], {}


SCENES = {
    "funding:envelopes": no_object,
    "funding:envelope": envelope,
    "funding:endow": envelope,
    "funding:new": programme,
    "funding:part": envelope,
    "funding:carry": envelope,
    "funding:funders": programme,
    "funding:schedule": commitment,
}
