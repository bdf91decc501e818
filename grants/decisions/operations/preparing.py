from django.db import transaction
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.core.flow import lock, write
from grants.core.wording import euros
from grants.decisions import permissions as may
from grants.decisions.models import Allocation, Decision
from grants.decisions.proposing import Row, outcomes, propose_amounts
from grants.decisions.states import AllocationState
from grants.decisions.wishes import row_of, rows_of


@transaction.atomic
def prepare(call, *, envelope, actor):
    """Propose amounts down the ranking, as far as the envelope goes. Nothing is decided yet."""
    lock(call)
    if hasattr(call, "allocation"):
        return call.allocation
    if not hasattr(call, "ranking"):
        raise Refused(_("Le classement de cet appel n’est pas encore arrêté."))
    allocation = Allocation(call=call, ranking=call.ranking, envelope=envelope, prepared_by=actor)
    require(may.PREPARE, actor, allocation)
    allocation.save()
    lines = call.ranking.lines.select_related("dossier").order_by("rank")
    rows = [row_of(line, call) for line in lines]
    amounts = propose_amounts(rows, envelope.left)
    Decision.objects.bulk_create(
        Decision(allocation=allocation, dossier_id=row.dossier_id, rank=row.rank, **columns)
        for row, columns in zip(rows, outcomes(rows, amounts), strict=True)
    )
    return allocation


@transaction.atomic
def revise(decision, *, amount, reason, version, actor):
    """Change the proposed amount of one dossier; the reserve list follows.

    Refused over the dossier's ceiling or the envelope, and when somebody else changed the row.
    """
    allocation = decision.allocation
    lock(allocation)
    require(may.PREPARE, actor, allocation)
    if allocation.state != AllocationState.PREPARING:
        raise Refused(_("Cette proposition n’est plus modifiable : elle est déjà transmise."))
    decisions = {d.pk: d for d in allocation.decisions.select_for_update(of=["self"])}
    current = decisions[decision.pk]
    if current.version != version:
        raise Refused(_("Ce montant vient d’être changé par une autre personne. Vérifiez-le."))
    rows = rows_of(allocation)
    check_bounds(rows[current.dossier_id], amount, allocation, decisions.values(), current)
    write(current, revised_by=actor, reason=reason.strip(), version=version + 1)
    amounts = {d.dossier_id: d.amount for d in decisions.values()} | {current.dossier_id: amount}
    settle(decisions.values(), rows, amounts)
    return current


def check_bounds(row: Row, amount, allocation, decisions, current):
    if amount > row.ceiling.amount:
        raise Refused(
            _("Au plus %(most)s pour ce dossier : %(because)s.")
            % {"most": euros(row.ceiling.amount), "because": row.ceiling.because}
        )
    others = sum(d.amount for d in decisions if d.pk != current.pk)
    allocation.envelope.refresh_from_db()
    left = allocation.envelope.left - others
    if amount > left:
        raise Refused(_("Il ne reste que %(left)s sur l’enveloppe.") % {"left": euros(left)})


def settle(decisions, rows, amounts):
    """Write the outcome and the reserve rank that follow from the amounts."""
    ordered = sorted(decisions, key=lambda decision: decision.rank)
    lines = [rows[decision.dossier_id] for decision in ordered]
    for decision, columns in zip(
        ordered, outcomes(lines, [amounts[line.dossier_id] for line in lines]), strict=True
    ):
        if any(getattr(decision, name) != value for name, value in columns.items()):
            write(decision, **columns)
