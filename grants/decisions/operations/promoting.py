"""Money that comes back goes to the next of the reserve list; a manager accepts it in one act."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.core.flow import lock, write
from grants.core.wording import euros
from grants.decisions import messages, queue
from grants.decisions import permissions as may
from grants.decisions.models import Promotion
from grants.decisions.operations.aiding import renew
from grants.decisions.operations.preparing import permitted
from grants.decisions.reserve import has_expired, offer_of, turn_of, waiting_of
from grants.decisions.states import AllocationState, Outcome
from grants.dossiers.flow import FLOW as DOSSIER
from grants.dossiers.states import State
from grants.funding import operations as funding


@transaction.atomic
def offer_next(allocation):
    """Offer what is free to the first of the list; an offer that no longer stands lapses.

    Called after every release and by the clock; a second call finds the first one's offer.
    """
    lock(allocation)
    if allocation.state != AllocationState.ANNOUNCED:
        return None
    allocation.envelope.refresh_from_db()
    turn, offer = turn_of(allocation, waiting_of(allocation)), offer_of(allocation)
    if offer and turn and offer.decision_id == turn.decision.pk and offer.amount == turn.amount:
        return offer
    if offer:
        write(offer, state=Promotion.State.LAPSED, closed_at=timezone.now())
    if turn is None:
        return None
    made = Promotion.objects.create(
        decision=turn.decision, reserve_rank=turn.decision.reserve_rank, amount=turn.amount
    )
    messages.reserve_offered(made, allocation)
    return made


@transaction.atomic
def accept(promotion, *, amount, actor):
    """Award the dossier: its money, its state, its letter, in one act or not at all."""
    decision = promotion.decision
    allocation = decision.allocation
    lock(allocation)
    lock(promotion)
    require(may.ANNOUNCE, actor, allocation)
    refuse_closed(promotion, allocation, decision)
    renew(allocation, [decision], on=timezone.localdate(), granted_on=timezone.localdate())
    refuse_unfit(allocation, decision, amount)
    entry = funding.commit(
        allocation.envelope,
        amount,
        reason=_("Liste de réserve, rang %(rank)s") % {"rank": promotion.reserve_rank},
        reference=decision.dossier.reference,
        actor=actor,
    )
    write(
        promotion,
        amount=amount,
        state=Promotion.State.ACCEPTED,
        accepted_by=actor,
        closed_at=timezone.now(),
    )
    write(decision, outcome=Outcome.AWARD, amount=amount, reserve_rank=None, entry=entry)
    told = _("Appelé de la liste de réserve.")
    DOSSIER.take("award", decision.dossier, actor=actor, reason=told)
    messages.promoted(decision, allocation)
    transaction.on_commit(lambda: queue.letters_of(allocation.pk))
    transaction.on_commit(lambda: queue.look_at_reserve(allocation.pk))
    return decision


def refuse_closed(promotion, allocation, decision):
    if promotion.state == Promotion.State.ACCEPTED:
        raise Refused(_("Ce dossier est déjà appelé de la liste de réserve."))
    if promotion.state == Promotion.State.LAPSED:
        raise Refused(_("Cette proposition est devenue sans objet : rechargez la page."))
    if has_expired(allocation):
        raise Refused(_("La liste de réserve a expiré : elle ne peut plus servir."))
    if decision.dossier.state != State.RESERVE:
        raise Refused(_("Ce dossier n’est plus sur la liste de réserve."))


def refuse_unfit(allocation, decision, amount):
    if amount <= 0:
        raise Refused(_("Le montant est supérieur à zéro."))
    if amount > decision.basis.ceiling and not permitted(decision, amount):
        raise Refused(
            _("Au plus %(most)s pour ce dossier : %(because)s.")
            % {"most": euros(decision.basis.ceiling), "because": decision.basis.because}
        )
    allocation.envelope.refresh_from_db()
    if amount > allocation.envelope.left:
        left = {"left": euros(allocation.envelope.left)}
        raise Refused(_("Il ne reste que %(left)s sur l’enveloppe.") % left)


@transaction.atomic
def give_up(decision, *, reason, actor):
    """The company renounces its award: the dossier leaves, what is not paid comes back."""
    allocation = decision.allocation
    lock(allocation)
    require(may.ANNOUNCE, actor, allocation)
    if not reason.strip():
        raise Refused(_("Indiquez comment l’entreprise a renoncé : courrier, date."))
    if decision.outcome != Outcome.AWARD or decision.entry_id is None:
        raise Refused(_("Ce dossier n’a pas d’aide à laquelle renoncer."))
    DOSSIER.take("give_up", decision.dossier, actor=actor, reason=reason.strip())
    set_aside, paid = funding.standing(decision.entry)
    if set_aside > paid:
        funding.release(
            decision.entry,
            set_aside - paid,
            reason=_("Désistement de l’entreprise"),
            reference=decision.dossier.reference,
            actor=actor,
        )
    transaction.on_commit(lambda: queue.look_at_reserve(allocation.pk))
    return decision
