from tests.access.cast import Cast


def call_in_review(state):
    cast = Cast(call_state=state, dossier_state="in_review")
    return cast, [cast.assignment.dossier.call_id], {}


SCENES = {"assignments:progress": call_in_review}
