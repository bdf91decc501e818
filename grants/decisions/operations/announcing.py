from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.access import Refused, require
from grants.core.flow import lock, write
from grants.decisions import messages, queue
from grants.decisions import permissions as may
from grants.decisions.feedback import Feedback
from grants.decisions.flow import FEEDBACK, FLOW
from grants.decisions.operations.aiding import grant
from grants.decisions.states import AllocationState, FeedbackState, Outcome
from grants.dossiers.flow import FLOW as DOSSIER
from grants.dossiers.states import State
from grants.funding import operations as funding
from grants.programmes.flow import FLOW as CALL

STEPS = {Outcome.AWARD: "award", Outcome.RESERVE: "reserve", Outcome.REFUSE: "refuse"}


@transaction.atomic
def announce(allocation, *, actor):
    """Commit the money, move the dossiers, tell the companies: all of it, or nothing."""
    lock(allocation)
    if allocation.state == AllocationState.ANNOUNCED:
        raise Refused(_("Ces décisions sont déjà annoncées."))
    require(may.ANNOUNCE, actor, allocation)
    if allocation.state != AllocationState.VOTED:
        raise Refused(_("Saisissez d’abord la délibération : organe, date et numéro."))
    check_feedback(allocation)
    grant(allocation)
    FLOW.take("announce", allocation, actor=actor, announced_at=timezone.now())
    for decision in allocation.decisions.select_related("dossier__call").order_by("rank"):
        enact(decision, allocation, actor)
    send_feedback(allocation, actor)
    CALL.take("conclude", allocation.call, actor=actor)
    messages.announced(allocation)
    transaction.on_commit(lambda: queue.letters_of(allocation.pk))
    return allocation


def check_feedback(allocation):
    """What was begun for the applicants is read over before it leaves."""
    waiting = Feedback.objects.filter(
        dossier__decision__allocation=allocation, state=FeedbackState.DRAFT
    ).count()
    if waiting:
        raise Refused(
            ngettext(
                "%(n)d retour au candidat est encore à relire : il part avec la décision.",
                "%(n)d retours aux candidats sont encore à relire : ils partent avec la décision.",
                waiting,
            )
            % {"n": waiting}
        )


def send_feedback(allocation, actor):
    """The feedback leaves with the decision and is frozen; the letter repeats it."""
    for feedback in Feedback.objects.filter(
        dossier__decision__allocation=allocation, state=FeedbackState.APPROVED
    ).select_related("dossier__call"):
        FEEDBACK.take("send", feedback, actor=actor, sent_at=timezone.now())


def enact(decision, allocation, actor):
    """Carry out one decision: its money first, so that a shortage stops everything.

    A dossier withdrawn before the vote was told asks for nothing any more: nothing is committed.
    """
    if decision.dossier.state == State.WITHDRAWN:
        return
    if decision.outcome == Outcome.AWARD:
        entry = funding.commit(
            allocation.envelope,
            decision.amount,
            reason=act_of(allocation),
            reference=decision.dossier.reference,
            actor=actor,
        )
        write(decision, entry=entry)
    DOSSIER.take(
        STEPS[Outcome(decision.outcome)], decision.dossier, actor=actor, reason=decision.reason
    )


def act_of(allocation):
    return f"Délibération {allocation.deliberation} du {allocation.deliberated_on:%d/%m/%Y}"
