from tests.access.cast import Cast


def dossier(state):
    cast = Cast(dossier_state=state)
    return cast, [cast.dossier.pk], {}


SCENES = {"resemblance:dossier": dossier}
