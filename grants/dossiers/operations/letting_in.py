"""After closing, a manager may let one dossier in: by name, until a date, for a written reason."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.core.flow import write
from grants.dossiers import messages
from grants.dossiers import permissions as may
from grants.dossiers.holding import LETTING_IN, hold
from grants.dossiers.records import LateAccess
from grants.dossiers.states import State


@transaction.atomic
def let_in(dossier, *, until, reason, actor, at=None):
    """Give this draft a later date; it ends by itself, and every one given is kept for good."""
    at = at or timezone.now()
    hold_draft(dossier, actor)
    if at < dossier.call.closes_at:
        raise Refused(_("L’appel est encore ouvert : ce dossier peut être déposé sans cela."))
    if dossier.call.state not in LETTING_IN:
        raise Refused(_("L’appel est trop avancé : son classement est arrêté."))
    if until <= at:
        raise Refused(_("Choisissez une date à venir."))
    access = record(dossier, until=until, reason=reason, actor=actor, at=at)
    messages.let_in(dossier, access)
    return access


@transaction.atomic
def take_back_access(dossier, *, reason, actor, at=None):
    """End a late access that has not served yet."""
    hold_draft(dossier, actor)
    if dossier.late_until is None:
        raise Refused(_("Ce dossier n’a pas de délai supplémentaire."))
    access = record(dossier, until=None, reason=reason, actor=actor, at=at or timezone.now())
    messages.access_taken_back(dossier, access)
    return access


def hold_draft(dossier, actor):
    hold(dossier)
    require(may.LET_IN, actor, dossier)
    if dossier.state != State.DRAFT:
        raise Refused(_("Ce dossier a déjà été déposé ou retiré."))


def record(dossier, *, until, reason, actor, at):
    access = LateAccess.objects.create(dossier=dossier, until=until, reason=reason, by=actor, at=at)
    write(dossier, late_until=until)
    return access
