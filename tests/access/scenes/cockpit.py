from tests.access.cast import Cast


def with_a_call(state):
    cast = Cast(dossier_state="submitted")
    assert cast.dossier.call == cast.call
    return cast, [], {}


SCENES = {"cockpit:home": with_a_call}
