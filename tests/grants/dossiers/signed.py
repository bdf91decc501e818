"""A complete dossier of a call that asks for four eyes, and who represents its company."""

from accounts.organisations.models import Membership
from grants.dossiers.content import digest_of, substance_of
from grants.dossiers.forms_of import filled
from grants.dossiers.operations import sign
from tests.factories import join, make_user
from tests.grants.dossiers.complete import make_ready, make_standard_call


def make_signed_call():
    return make_standard_call(four_eyes=True)


def make_pair(**more):
    """A complete dossier of a call that asks for four eyes, and who represents its company."""
    dossier = make_ready(call=make_signed_call(), **more)
    claire = make_user(full_name="Claire Vasseur")
    join(claire, dossier.organisation, Membership.Role.READER, legal_title="présidente")
    return dossier, claire


def digest(dossier):
    return digest_of(substance_of(filled(dossier)))


def agree(dossier, person):
    return sign(dossier, seen=digest(dossier), actor=person)
