from tests.access.cast import Cast


def dossier(state):
    """Handing one over answers with the file; before the decision, with a sentence."""
    cast = Cast(call_state="reviewing", dossier_state=state)
    return cast, [cast.dossier.pk], {"recipient": "Association Transparence, 12 mai 2027"}


SCENES = {"disclosure:copy": dossier}
