from tests.access.cast import Cast

PROFILE = {"full_name": "Léa Roux", "phone": "", "language": "fr"}


def own_account(state):
    return Cast(), [], PROFILE


SCENES = {"people:profile": own_account}
