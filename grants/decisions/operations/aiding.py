"""State aid at the award: ceilings read again, exceptions signed by two, control learnt late."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.core.flow import lock, write
from grants.core.money import LARGEST
from grants.core.wording import day, euros
from grants.decisions import permissions as may
from grants.decisions.models import AidBasis, AidException, ControlChange
from grants.decisions.operations.preparing import permitted
from grants.decisions.standing import standings
from grants.decisions.states import AllocationState
from grants.dossiers.states import State


@transaction.atomic
def reassess(allocation, *, actor):
    """Read every ceiling again, as things stand today. Amounts stay; those now above are told."""
    lock(allocation)
    require(may.PREPARE, actor, allocation)
    if allocation.state == AllocationState.ANNOUNCED:
        raise Refused(_("Ces décisions sont annoncées : leurs plafonds ne changent plus."))
    decisions = decisions_of(allocation)
    renew(allocation, decisions, on=timezone.localdate())
    return [d for d in decisions if d.amount > d.basis.ceiling and not permitted(d, d.amount)]


def decisions_of(allocation):
    found = allocation.decisions.select_related("dossier__organisation", "basis", "exception")
    for decision in found.order_by("rank"):
        decision.dossier.call = allocation.call
    return list(found.order_by("rank"))


def renew(allocation, decisions, *, on, **stamps):
    """Write the standing of these decisions on this day."""
    dossiers = [decision.dossier for decision in decisions]
    for dossier in dossiers:
        dossier.call = allocation.call
    found = standings(allocation.call, dossiers, on=on)
    for decision in decisions:
        columns = {**vars(found[decision.dossier_id]), "checked_at": timezone.now(), **stamps}
        decision.basis, _made = AidBasis.objects.update_or_create(
            decision=decision, defaults=columns
        )


def grant(allocation):
    """Settle the basis of every award at the announcement; refused where the law no longer allows
    it, and then nothing of the announcement stands."""
    awards = [
        decision
        for decision in decisions_of(allocation)
        if decision.amount > 0 and decision.dossier.state != State.WITHDRAWN
    ]
    renew(allocation, awards, on=allocation.deliberated_on, granted_on=allocation.deliberated_on)
    refuse_two_of_one(awards)
    over = [d for d in awards if d.amount > d.basis.ceiling and not permitted(d, d.amount)]
    if over:
        told = "; ".join(
            f"{d.dossier.reference} ({euros(d.basis.ceiling)} : {d.basis.because})" for d in over
        )
        raise Refused(
            _(
                "La situation a changé depuis la proposition ; au plus : %(list)s. Rien n’est "
                "annoncé. Reprenez ces montants, ou faites signer une dérogation."
            )
            % {"list": told}
        )


def refuse_two_of_one(awards):
    """One undertaking receives one award, whoever bought whom meanwhile."""
    seen = {}
    for decision in awards:
        for siren in decision.basis.undertaking:
            other = seen.setdefault(siren, decision)
            if other is not decision:
                raise Refused(
                    _(
                        "%(one)s et %(other)s relèvent maintenant d’une même entreprise unique : "
                        "une seule peut être aidée. Rien n’est annoncé."
                    )
                    % {"one": other.dossier.reference, "other": decision.dossier.reference}
                )


@transaction.atomic
def ask_exception(decision, *, amount, reason, actor):
    """Ask that an award may stand above its ceiling; nothing is allowed before another signs."""
    allocation = decision.allocation
    lock(allocation)
    require(may.PREPARE, actor, allocation)
    if allocation.state == AllocationState.ANNOUNCED:
        raise Refused(_("Cette décision est annoncée : il est trop tard pour une dérogation."))
    if not 0 < amount <= LARGEST:
        raise Refused(_("Le montant permis est supérieur à zéro."))
    if not reason.strip():
        raise Refused(_("Indiquez le motif de la dérogation."))
    if amount > (decision.dossier.requested or 0):
        raise Refused(_("Une dérogation ne dépasse pas le montant demandé."))
    found = AidException.objects.select_for_update().filter(decision=decision).first()
    if found and found.signed_at:
        raise Refused(_("Une dérogation est déjà signée pour ce dossier."))
    columns = {"amount": amount, "reason": reason.strip(), "asked_by": actor}
    if found:
        write(found, **columns, asked_at=timezone.now())
        return found
    return AidException.objects.create(decision=decision, **columns)


@transaction.atomic
def sign_exception(decision, *, actor):
    """A second person takes the exception on themselves; it no longer changes."""
    lock(decision.allocation)
    require(may.CHECK, actor, decision.allocation)
    found = AidException.objects.select_for_update().filter(decision=decision).first()
    if found is None:
        raise Refused(_("Personne n’a demandé de dérogation pour ce dossier."))
    if found.signed_at:
        raise Refused(_("Cette dérogation est déjà signée."))
    if found.asked_by_id == actor.pk:
        raise Refused(_("Vous avez demandé cette dérogation : une autre personne la signe."))
    write(found, signed_by=actor, signed_at=timezone.now())
    return found


@transaction.atomic
def record_control(allocation, *, siren, by_siren, since, source, actor):
    """Say that a company is controlled by another; both are one undertaking from then on."""
    require(may.PREPARE, actor, allocation)
    if siren == by_siren:
        raise Refused(_("Une entreprise ne se contrôle pas elle-même."))
    if since > timezone.localdate():
        raise Refused(_("Ce changement n’a pas encore eu lieu."))
    if ControlChange.objects.filter(siren=siren, by_siren=by_siren).exists():
        raise Refused(_("Ce changement de contrôle est déjà noté."))
    return ControlChange.objects.create(
        siren=siren, by_siren=by_siren, since=since, source=source.strip(), entered_by=actor
    )


def told_of(change):
    """A sentence for the page."""
    return _("%(siren)s est contrôlée par %(by)s depuis le %(day)s (%(source)s).") % {
        "siren": change.siren,
        "by": change.by_siren,
        "day": day(change.since),
        "source": change.source,
    }
