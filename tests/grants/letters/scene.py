"""Decisions announced, and the letter of one of them."""

from grants.decisions.operations import announce
from grants.letters.operations import make_letters
from tests.grants.decisions.test_operations import voted


def announced(scene):
    announce(voted(scene), actor=scene.manager)
    return scene.decisions()


def make_letter(decision):
    """The letter of an announced decision; it must be made."""
    make_letters([decision.pk])
    return decision.letters.latest("made_at")
