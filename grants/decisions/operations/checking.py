from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused
from grants.core.flow import lock
from grants.core.wording import euros
from grants.decisions import messages
from grants.decisions.flow import FLOW
from grants.decisions.operations.trying import keep_proposal
from grants.decisions.proposing import passed_over
from grants.decisions.wishes import rows_of


@transaction.atomic
def propose(allocation, *, actor):
    """Hand the proposal to a second person. Amounts no longer change."""
    lock(allocation)
    decisions = list(allocation.decisions.order_by("rank"))
    check_reasons(allocation, decisions)
    check_envelope(allocation, decisions)
    keep_proposal(allocation, decisions, actor=actor)
    FLOW.take("propose", allocation, actor=actor, prepared_by=actor)
    messages.proposed(allocation)
    return allocation


def check_reasons(allocation, decisions):
    """The order binds: whoever is passed over, or gets less than the ceiling, is told why."""
    rows = rows_of(allocation)
    lines = [rows[decision.dossier_id] for decision in decisions]
    over = {row.dossier_id for row in passed_over(lines, [d.amount for d in decisions])}
    partial = {d.dossier_id for d in decisions if 0 < d.amount < rows[d.dossier_id].ceiling.amount}
    missing = [rows[d.dossier_id].reference for d in decisions if needs_reason(d, over, partial)]
    if missing:
        raise Refused(
            _("Indiquez un motif pour les dossiers dépassés ou financés en partie : %(list)s.")
            % {"list": ", ".join(missing)}
        )


def needs_reason(decision, over, partial):
    """A published rule speaks for itself; a person who leaves it says why."""
    if decision.reason:
        return False
    skipped = decision.dossier_id in over and not decision.by_rule
    return skipped or decision.dossier_id in partial


def check_envelope(allocation, decisions):
    total = sum(decision.amount for decision in decisions)
    allocation.envelope.refresh_from_db()
    if total > allocation.envelope.left:
        raise Refused(
            _("Le total proposé dépasse l’enveloppe : il reste %(left)s.")
            % {"left": euros(allocation.envelope.left)}
        )
    if total == 0:
        raise Refused(_("Aucun dossier n’est retenu : la proposition est vide."))


@transaction.atomic
def check(allocation, *, actor):
    """A second person vouches for the proposal; it can then be put to the vote."""
    lock(allocation)
    authors = {
        allocation.prepared_by_id,
        *allocation.decisions.values_list("revised_by", flat=True),
    }
    if actor.pk in authors:
        raise Refused(_("Vous avez préparé cette proposition : une autre personne la contrôle."))
    FLOW.take("check", allocation, actor=actor, checked_by=actor, checked_at=timezone.now())
    return allocation


@transaction.atomic
def send_back(allocation, *, reason, actor):
    """Return the proposal to its author, with a reason; the check is void."""
    if not reason.strip():
        raise Refused(_("Indiquez ce qui doit être repris."))
    FLOW.take(
        "send_back",
        allocation,
        actor=actor,
        reason=reason.strip(),
        checked_by=None,
        checked_at=None,
    )
    return allocation
