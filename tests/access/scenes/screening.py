from tests.access.cast import Cast


def no_object(state):
    return Cast(), [], {}


def dossier(state):
    cast = Cast(dossier_state=state)
    return cast, [cast.dossier.pk], {}


def check(state):
    cast, args, _fields = dossier(state)
    return cast, [*args, "siret"], {"outcome": "met"}


SCENES = {
    "screening:queue": no_object,
    "screening:dossier": dossier,
    "screening:check": check,
    "screening:ask_completion": dossier,
    "screening:admit": dossier,
    "screening:reject": dossier,
}
