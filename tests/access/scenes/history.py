from grants.history.operations import seal
from tests.access.cast import Cast


def with_a_seal(state):
    cast = Cast(dossier_state="submitted")
    return cast, [seal()[-1].number], {}


def without_key(state):
    cast, _key, fields = with_a_seal(state)
    return cast, [], fields


SCENES = {"history:seals": without_key, "history:digest": with_a_seal}
