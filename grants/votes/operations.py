"""From a checked proposal to its vote: the report, what the assembly changed, who left."""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.core.flow import lock, write
from grants.core.wording import euros
from grants.decisions import permissions as may
from grants.decisions.flow import FLOW
from grants.decisions.operations.checking import check_envelope
from grants.decisions.operations.preparing import check_bounds
from grants.decisions.states import AllocationState, Outcome
from grants.decisions.wishes import rows_of
from grants.votes.dates import date_fault
from grants.votes.models import Amendment, Recusal, Report
from grants.votes.report import digest_of, record_of


@transaction.atomic
def report(allocation, *, actor):
    """Freeze what the assembly is given to vote on. From here on only its vote changes a line."""
    FLOW.take("report", allocation, actor=actor)
    check_envelope(allocation, list(allocation.decisions.all()))
    content = record_of(allocation)
    return Report.objects.create(
        allocation=allocation,
        version=allocation.reports.count() + 1,
        content=content,
        sha256=digest_of(content),
        made_by=actor,
    )


def enter(allocation, actor):
    """Take the allocation for the rest of the transaction; it stands before the vote."""
    lock(allocation)
    require(may.ANNOUNCE, actor, allocation)
    if allocation.state != AllocationState.REPORTED:
        raise Refused(_("Le vote se saisit une fois le rapport établi, et avant l’annonce."))


@transaction.atomic
def amend(decision, *, outcome, amount, reason, actor):
    """Enter one line as the assembly changed it; what was put to the vote stays beside it."""
    allocation = decision.allocation
    enter(allocation, actor)
    amount = amount if outcome == Outcome.AWARD and amount else Decimal(0)
    if not reason.strip():
        raise Refused(_("Indiquez le motif de l’amendement, tel que le vote le donne."))
    strike(decision)
    decision.refresh_from_db()
    check_amendment(decision, allocation, outcome, amount)
    amendment = Amendment.objects.create(
        decision=decision,
        proposed_outcome=decision.outcome,
        proposed_amount=decision.amount,
        proposed_reason=decision.reason,
        outcome=outcome,
        amount=amount,
        reason=reason.strip(),
        by=actor,
    )
    settle(decision, outcome, amount, amendment.reason)
    return amendment


def check_amendment(decision, allocation, outcome, amount):
    """An amendment changes the line, within its ceiling and the envelope, above the minimums."""
    if (outcome, amount) == (decision.outcome, decision.amount):
        raise Refused(_("C’est ce que la proposition disait déjà : il n’y a rien à amender."))
    if outcome == Outcome.AWARD and amount <= 0:
        raise Refused(_("Indiquez le montant voté."))
    row = rows_of(allocation)[decision.dossier_id]
    if not row.passes and decision.outcome == Outcome.REFUSE:
        raise Refused(
            _("Ce dossier n’atteint pas un minimum publié : le vote ne peut pas le retenir.")
        )
    check_bounds(row, amount, allocation, allocation.decisions.all(), decision)


def settle(decision, outcome, amount, reason):
    """Write the line as voted; the reserve list follows the ranking."""
    place = 1 if outcome == Outcome.RESERVE else None
    write(decision, outcome=outcome, amount=amount, reason=reason, reserve_rank=place)
    waiting = decision.allocation.decisions.filter(outcome=Outcome.RESERVE).order_by("rank")
    for place, one in enumerate(waiting, start=1):
        if one.reserve_rank != place:
            write(one, reserve_rank=place)


def strike(decision):
    """Put the line back as it was proposed, if an amendment changed it."""
    amendment = Amendment.objects.filter(decision=decision).first()
    if amendment is None:
        return
    settle(
        decision, amendment.proposed_outcome, amendment.proposed_amount, amendment.proposed_reason
    )
    amendment.delete()


@transaction.atomic
def cancel_amendment(decision, *, actor):
    """Strike out an amendment entered by mistake."""
    enter(decision.allocation, actor)
    strike(decision)
    return decision


@transaction.atomic
def recuse(allocation, *, member, decisions, actor):
    """Name an elected member who left the room, and for which dossiers."""
    enter(allocation, actor)
    return [
        Recusal.objects.get_or_create(decision=decision, member=member.strip(),
                                      defaults={"by": actor})[0]
        for decision in decisions
    ]  # fmt: skip


@transaction.atomic
def cancel_recusal(recusal, *, actor):
    """Strike out a recusal entered by mistake."""
    enter(recusal.decision.allocation, actor)
    recusal.delete()


@transaction.atomic
def deliberate(allocation, *, body, held_on, number, actor):
    """Enter the vote the decisions rest on: which body, when, under which number."""
    enter(allocation, actor)
    fault = date_fault_of(allocation, held_on)
    if fault:
        raise Refused(fault)
    total = sum((one.amount for one in allocation.decisions.all()), Decimal(0))
    allocation.envelope.refresh_from_db()
    if total > allocation.envelope.left:
        raise Refused(
            _("Le total voté dépasse l’enveloppe : il reste %(left)s.")
            % {"left": euros(allocation.envelope.left)}
        )
    FLOW.take(
        "vote",
        allocation,
        actor=actor,
        body=body.strip(),
        deliberated_on=held_on,
        deliberation=number.strip(),
    )
    return allocation


def date_fault_of(allocation, held_on):
    """Why this allocation cannot have been voted that day, or nothing."""
    made_at = allocation.reports.values_list("made_at", flat=True).first()
    ranked_on = timezone.localdate(allocation.ranking.received_at)
    return date_fault(
        held_on,
        today=timezone.localdate(),
        ranked_on=ranked_on,
        reported_on=timezone.localdate(made_at) if made_at else ranked_on,
    )


@transaction.atomic
def reopen(allocation, *, reason, actor):
    """Take back a vote wrongly entered, with a reason; it is entered again and then announced."""
    if not reason.strip():
        raise Refused(_("Indiquez ce qui était mal saisi."))
    FLOW.take(
        "reopen",
        allocation,
        actor=actor,
        reason=reason.strip(),
        body="",
        deliberated_on=None,
        deliberation="",
    )
    return allocation


@transaction.atomic
def adjourn(allocation, *, reason, actor):
    """The assembly did not vote: the proposal goes back to its author, as it was proposed."""
    enter(allocation, actor)
    if not reason.strip():
        raise Refused(_("Indiquez pourquoi le rapport est retiré."))
    Recusal.objects.filter(decision__allocation=allocation).delete()
    for decision in allocation.decisions.exclude(amendment=None):
        strike(decision)
    FLOW.take(
        "adjourn",
        allocation,
        actor=actor,
        reason=reason.strip(),
        checked_by=None,
        checked_at=None,
    )
    return allocation
