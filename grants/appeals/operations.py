"""An appeal is lodged, frozen with its evidence, answered; granted, it moves money and dossier."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.appeals import messages
from grants.appeals import permissions as may
from grants.appeals.dates import silence_rejects_on
from grants.appeals.evidence import digest_of, evidence_of
from grants.appeals.flow import FLOW
from grants.appeals.models import Appeal
from grants.appeals.standing import notified_on as first_read_on
from grants.appeals.states import ADMINISTRATIVE, Kind, State
from grants.core.flow import lock, write
from grants.core.wording import euros
from grants.decisions import queue
from grants.decisions.operations.aiding import renew
from grants.decisions.operations.preparing import permitted
from grants.decisions.states import AllocationState, Outcome
from grants.dossiers.flow import FLOW as DOSSIER
from grants.dossiers.states import State as DossierState
from grants.funding import operations as funding


@transaction.atomic
def file(decision, *, kind, grounds, actor):
    """The company contests on the platform; the delays run from today."""
    require(may.FILE, actor, decision.dossier)
    if kind not in ADMINISTRATIVE:
        raise Refused(_("Un recours contentieux se forme devant le tribunal administratif."))
    return keep(
        decision,
        kind=kind,
        grounds=grounds,
        received_on=timezone.localdate(),
        notified_on=first_read_on(decision),
        actor=actor,
    )


@transaction.atomic
def enter(decision, *, kind, grounds, received_on, actor, notified_on=None, reference=""):
    """An officer enters a paper one, or what the court sent."""
    require(may.ENTER, actor, decision.dossier)
    if received_on > timezone.localdate():
        raise Refused(_("Ce recours n’a pas encore été reçu : sa date est à venir."))
    return keep(
        decision,
        kind=kind,
        grounds=grounds,
        received_on=received_on,
        notified_on=first_read_on(decision) or notified_on,
        reference=reference.strip(),
        is_paper=True,
        actor=actor,
    )


def keep(decision, *, kind, grounds, actor, **columns):
    """Freeze what the decision rested on, and tell both sides."""
    lock(decision)
    allocation = decision.allocation
    if allocation.state != AllocationState.ANNOUNCED:
        raise Refused(_("Cette décision n’est pas encore annoncée."))
    if columns["received_on"] < timezone.localdate(allocation.announced_at):
        raise Refused(_("Un recours ne peut pas précéder l’annonce de la décision."))
    if not grounds.strip():
        raise Refused(_("Indiquez les motifs du recours."))
    if decision.appeals.filter(kind=kind, state=State.FILED).exists():
        raise Refused(_("Un recours de cette nature est déjà à l’examen."))
    evidence = evidence_of(decision)
    appeal = Appeal.objects.create(
        decision=decision,
        kind=kind,
        grounds=grounds.strip(),
        filed_by=actor,
        evidence=evidence,
        sha256=digest_of(evidence),
        **columns,
    )
    silence_on = silence_rejects_on(appeal.received_on) if kind != Kind.COURT else None
    messages.filed(appeal, silence_on=silence_on)
    return appeal


@transaction.atomic
def reject(appeal, *, reply, actor):
    """Answer no, with reasons; the delay to go to court runs again from that day."""
    FLOW.take("reject", appeal, actor=actor, **answer(reply, actor))
    messages.answered(appeal)
    return appeal


@transaction.atomic
def withdraw(appeal, *, actor):
    """The company gives its appeal up."""
    FLOW.take("withdraw", appeal, actor=actor)
    messages.withdrawn(appeal)
    return appeal


@transaction.atomic
def grant(appeal, *, amount, reply, body, held_on, number, actor):
    """Answer yes: commit the money, move the dossier out of refusal or reserve, all in one step.

    A new vote decides it, as it decided the first time; refused when the envelope cannot bear it.
    """
    decision = appeal.decision
    lock(decision)
    require(may.ANSWER, actor, appeal)
    check_grant(appeal, decision, amount, held_on)
    entry = funding.commit(
        decision.allocation.envelope,
        amount - decision.amount,
        reason=f"Recours accueilli, délibération {number.strip()} du {held_on:%d/%m/%Y}",
        reference=decision.dossier.reference,
        actor=actor,
    )
    FLOW.take(
        "grant",
        appeal,
        actor=actor,
        **answer(reply, actor),
        awarded=amount,
        entry=entry,
        body=body.strip(),
        deliberated_on=held_on,
        deliberation=number.strip(),
    )
    carry_out(appeal, decision, actor)
    messages.answered(appeal)
    transaction.on_commit(lambda: queue.letters_of(decision.allocation_id))
    transaction.on_commit(lambda: queue.look_at_reserve(decision.allocation_id))
    return appeal


def check_grant(appeal, decision, amount, held_on):
    if appeal.state != State.FILED:
        raise Refused(_("Ce recours a déjà reçu sa réponse."))
    if not appeal.received_on <= held_on <= timezone.localdate():
        raise Refused(_("La délibération date d’après la réception du recours, et d’avant demain."))
    if decision.dossier.state == DossierState.WITHDRAWN:
        raise Refused(_("Ce dossier a été retiré par l’entreprise."))
    if amount <= decision.amount:
        raise Refused(
            _("Le montant dépasse ce que la décision accordait : %(had)s.")
            % {"had": euros(decision.amount)}
        )
    check_ceiling(decision, amount, held_on)


def check_ceiling(decision, amount, held_on):
    """State aid is read again on the day of the new vote; what was already granted stands."""
    if decision.basis.granted_on is None:
        renew(decision.allocation, [decision], on=held_on, granted_on=held_on)
    basis = decision.basis
    if amount > basis.ceiling and not permitted(decision, amount):
        raise Refused(
            _("Au plus %(most)s pour ce dossier : %(because)s.")
            % {"most": euros(basis.ceiling), "because": basis.because}
        )


def carry_out(appeal, decision, actor):
    """The decision as it now stands; its first commitment stays, what is added has its own."""
    columns = {} if decision.entry_id else {"entry": appeal.entry}
    write(decision, outcome=Outcome.AWARD, amount=appeal.awarded, reserve_rank=None, **columns)
    if decision.dossier.state != DossierState.AWARDED:
        told = _("Recours accueilli, délibération %(number)s") % {"number": appeal.deliberation}
        DOSSIER.take("award_on_appeal", decision.dossier, actor=actor, reason=told)


def answer(reply, actor):
    if not reply.strip():
        raise Refused(_("Écrivez la réponse : l’entreprise en lira les motifs."))
    return {"reply": reply.strip(), "replied_by": actor, "replied_at": timezone.now()}
