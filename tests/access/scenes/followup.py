from tests.access.cast import Cast


def call(state):
    cast = Cast(call_state="reviewing", dossier_state=state)
    assert cast.expert
    assert cast.assignment
    return cast, [cast.call.pk], {}


SCENES = {
    "followup:call": call,
    "followup:live": call,
    "followup:chart": call,
    "followup:apart": call,
    "followup:remind": call,
}
