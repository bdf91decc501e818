import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from accounts.organisations.models import Membership, Organisation
from accounts.teams import messages
from accounts.teams import permissions as may
from accounts.teams.models import Invitation

LASTS = timedelta(days=14)
MOST_OPEN = 20


@transaction.atomic
def invite(organisation, *, email, role, actor, at=None):
    """Write to somebody; an earlier letter to the same address opens nothing any more."""
    at = at or timezone.now()
    hold(organisation, actor)
    email = email.strip().lower()
    if people_of(organisation).filter(user__email__iexact=email).exists():
        raise Refused(_("Cette personne fait déjà partie de l’équipe : changez son rôle."))
    organisation.invitations.filter(email__iexact=email, accepted_at=None, revoked_at=None).update(
        revoked_at=at
    )
    if organisation.invitations.waiting(at).count() >= MOST_OPEN:
        raise Refused(_("Trop d’invitations attendent une réponse : annulez-en d’abord une."))
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        organisation=organisation, email=email, role=role, token_sha256=digest_of(token),
        invited_by=actor, invited_at=at, expires_at=at + LASTS,
    )  # fmt: skip
    messages.invited(invitation, token)
    return invitation


@transaction.atomic
def revoke(invitation, *, actor, at=None):
    """The letter opens nothing any more."""
    hold(invitation.organisation, actor)
    invitation.refresh_from_db()
    if invitation.accepted_at:
        raise Refused(_("Cette invitation a déjà été acceptée : retirez plutôt la personne."))
    if invitation.revoked_at is None:
        invitation.revoked_at = at or timezone.now()
        invitation.save(update_fields=["revoked_at"])
    return invitation


@transaction.atomic
def accept(token, *, actor, at=None):
    """Join the company; the key serves once, and only to the person it was written to."""
    at = at or timezone.now()
    invitation = find_waiting(token, at, Invitation.objects.select_for_update(of=["self"]))
    if actor.email.lower() != invitation.email:
        raise Refused(
            _("Cette invitation a été envoyée à une autre adresse que celle de votre compte.")
        )
    Organisation.objects.select_for_update().get(pk=invitation.organisation_id)
    invitation.accepted_at, invitation.accepted_by = at, actor
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    if not people_of(invitation.organisation).filter(user=actor).exists():
        Membership.objects.create(
            organisation=invitation.organisation, user=actor, role=invitation.role
        )
    messages.joined(invitation, actor)
    return invitation


def find_waiting(token, at, invitations=None):
    invitations = Invitation.objects.all() if invitations is None else invitations
    found = (
        invitations.waiting(at)
        .filter(token_sha256=digest_of(token))
        .select_related("organisation", "invited_by")
        .first()
    )
    if found is None:
        raise Refused(
            _("Cette invitation n’est plus valable : elle a expiré, a servi ou a été annulée.")
        )
    return found


@transaction.atomic
def change_role(membership, *, role, actor):
    """Change how far somebody acts for the company; one owner at least remains."""
    hold(membership.organisation, actor)
    membership = still_there(membership)
    if membership.role == Membership.Role.OWNER != role:
        keep_an_owner(membership)
    membership.role = role
    membership.save(update_fields=["role"])
    return membership


@transaction.atomic
def name_representative(membership, *, title, actor):
    """Say in what quality somebody engages the company by law; without a title, no longer."""
    hold(membership.organisation, actor)
    membership = still_there(membership)
    if membership.legal_title != title:
        membership.legal_title = title
        membership.save(update_fields=["legal_title"])
        messages.named(membership, actor)
    return membership


@transaction.atomic
def remove(membership, *, actor, at=None):
    """End what somebody may do for the company; what they wrote stays, under their name."""
    hold(membership.organisation, actor)
    membership = still_there(membership)
    if membership.role == Membership.Role.OWNER:
        keep_an_owner(membership)
    membership.left_at = at or timezone.now()
    membership.save(update_fields=["left_at"])
    messages.removed(membership)
    return membership


def hold(organisation, actor):
    """One change of the team at a time: two owners cannot remove each other."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    require(may.RUN, actor, organisation)


def still_there(membership):
    found = people_of(membership.organisation).filter(pk=membership.pk).first()
    if found is None:
        raise Refused(_("Cette personne ne fait plus partie de l’équipe."))
    return found


def keep_an_owner(membership):
    others = people_of(membership.organisation).filter(role=Membership.Role.OWNER)
    if not others.exclude(pk=membership.pk).exists():
        raise Refused(_("L’entreprise garde au moins un responsable : nommez-en d’abord un autre."))


def people_of(organisation):
    people = organisation.memberships.filter(left_at=None)
    return people.select_related("user", "organisation").order_by("joined_at", "pk")


def digest_of(token):
    return hashlib.sha256(token.encode()).hexdigest()
