from tests.access.cast import Cast


def no_object(state):
    return Cast(), [], {}


def english(state):
    return Cast(), [], {"language": "en", "next": "/"}


SCENES = {"home": no_object, "set_language": english}
