from tests.access.scenes.decisions import scene_at


def dossier(state):
    cast, _envelope = scene_at(state)
    return cast, [cast.dossier.pk], {}


def copy(state):
    cast, _envelope = scene_at(state)
    return cast, [cast.dossier.pk, "json"], {}


SCENES = {"casefile:show": dossier, "casefile:recompute": dossier, "casefile:issue": copy}
