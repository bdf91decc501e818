from tests.access.cast import Cast


def call(state):
    cast = Cast(call_state=state)
    return cast, [cast.call.pk], {}


SCENES = {"formbuilder:adopt": call}
