from datetime import timedelta

from django.utils import timezone

from accounts.organisations.models import Membership
from accounts.teams.models import Invitation
from accounts.teams.operations import digest_of
from tests.access.cast import Cast
from tests.factories import join, make_user

TOKEN = "une-clef-de-l-invitation"


def team(state):
    cast = Cast()
    return cast, [cast.organisation.pk], {"email": "nouvelle@exemple.fr", "role": "writer"}


def member(state):
    cast = Cast()
    membership = join(make_user(), cast.organisation, Membership.Role.WRITER)
    return cast, [cast.organisation.pk, membership.pk], {"role": "reader", "title": "Gérante"}


def invitation(state):
    cast = Cast()
    return cast, [cast.organisation.pk, letter(cast).pk], {}


def key(state):
    cast = Cast()
    letter(cast)
    return cast, [TOKEN if state == "waiting" else "autre-clef"], {}


def letter(cast):
    return Invitation.objects.create(
        organisation=cast.organisation,
        email=cast.stranger.email,
        role="writer",
        token_sha256=digest_of(TOKEN),
        invited_by=cast.applicant,
        expires_at=timezone.now() + timedelta(days=1),
    )


def mine(state):
    cast, _args, _fields = team(state)
    return cast, [], {}


SCENES = {
    "teams:mine": mine,
    "teams:represent": member,
    "teams:team": team,
    "teams:change_role": member,
    "teams:remove": member,
    "teams:revoke": invitation,
    "teams:join": key,
}
