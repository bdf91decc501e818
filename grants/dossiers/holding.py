"""Holding a dossier while it changes: locked, still its authors' to write, and in time."""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.core.flow import lock
from grants.core.wording import moment
from grants.dossiers import permissions as may
from grants.dossiers.states import EDITABLE, State
from grants.programmes.states import CallState

# A late access goes on while experts read; a settled order takes nobody in any more.
LETTING_IN = frozenset({CallState.OPEN, CallState.REVIEWING})


def hold(dossier):
    """Lock the row; call and organisation stay at hand because they never change.

    A draft whose form was revised meanwhile goes on with the new one.
    """
    kept = {name: getattr(dossier, name) for name in ("call", "form", "organisation")}
    lock(dossier)
    for name, value in kept.items():
        if getattr(dossier, f"{name}_id") == value.pk:
            setattr(dossier, name, value)


def hold_for_writing(dossier, *, actor, at):
    """Lock a dossier its authors may still change, or say why they may not."""
    hold(dossier)
    require(may.applicant, actor, dossier)
    still_open(dossier, at)


def still_open(dossier, at):
    """Stop unless a dossier that is held may still change."""
    if dossier.state not in EDITABLE:
        raise Refused(_("Ce dossier a été déposé : il ne peut plus être modifié."))
    if not in_time(dossier, at):
        raise Refused(too_late(dossier))


def in_time(dossier, at):
    if dossier.state == State.INCOMPLETE:
        return dossier.reopened_until is not None and at < dossier.reopened_until
    return dossier.call.accepts(at) or is_let_in(dossier, at)


def is_let_in(dossier, at):
    """A manager gave this draft a later date, and its call can still take it."""
    is_early = dossier.late_until is not None and at < dossier.late_until
    return is_early and dossier.call.state in LETTING_IN


def too_late(dossier):
    """The exact time that has passed; what was written stays readable."""
    if dossier.state == State.DRAFT and dossier.call.opens_at > dossier.call.closes_at:
        return _("Cet appel n’est pas ouvert.")
    if dossier.deadline is None:
        return _("Ce dossier n’est pas ouvert à la modification.")
    return _(
        "Le délai est passé : il s’achevait le %(deadline)s, heure de Paris. "
        "Vos réponses enregistrées restent lisibles."
    ) % {"deadline": moment(timezone.localtime(dossier.deadline))}
