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


SCENES = {
    "funding:envelopes": no_object,
    "funding:envelope": envelope,
    "funding:endow": envelope,
    "funding:new": programme,
}
