from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.core.flow import lock, write
from grants.core.wording import euros
from grants.decisions import permissions as may
from grants.decisions.models import AidBasis, Allocation, Decision, Scenario
from grants.decisions.proposing import Row, outcomes
from grants.decisions.published import payments_of, rules_of
from grants.decisions.reasons import why_award, why_nothing
from grants.decisions.ruling import share
from grants.decisions.standing import standings
from grants.decisions.states import AllocationState
from grants.decisions.trials import stored
from grants.decisions.wishes import basis_of, row_of, rows_of


@transaction.atomic
def prepare(call, *, envelope, actor):
    """Share the envelope out by the published rules. Nothing is decided yet."""
    lock(call)
    if hasattr(call, "allocation"):
        return call.allocation
    if not hasattr(call, "ranking"):
        raise Refused(_("Le classement de cet appel n’est pas encore arrêté."))
    allocation = Allocation(call=call, ranking=call.ranking, envelope=envelope, prepared_by=actor)
    require(may.PREPARE, actor, allocation)
    allocation.save()
    lines = list(
        call.ranking.lines.select_related("dossier__organisation", "dossier__theme").order_by(
            "rank"
        )
    )
    bases = standings(call, [line.dossier for line in lines], on=timezone.localdate())
    rows = [row_of(line, call, bases[line.dossier_id]) for line in lines]
    rules = rules_of(call)
    shared = share(rows, envelope.left, rules, payments=payments_of(envelope, rules))
    decisions = Decision.objects.bulk_create(
        Decision(allocation=allocation, dossier_id=row.dossier_id, rank=row.rank, **columns)
        for row, columns in zip(rows, shared.columns, strict=True)
    )
    AidBasis.objects.bulk_create(
        AidBasis(decision=decision, **vars(bases[decision.dossier_id])) for decision in decisions
    )
    Scenario.objects.create(
        allocation=allocation,
        name=_("Règles de l’appel"),
        rules=rules.as_json(),
        result=stored(rows, shared),
        is_chosen=True,
        made_by=actor,
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
        raise Refused(_("Cette proposition n’est plus modifiable : elle est déjà transmise."))
    current = one_of(allocation, decision.pk)
    if current.version != version:
        raise Refused(_("Ce montant vient d’être changé par une autre personne. Vérifiez-le."))
    row = row_of(current.dossier.rank_line, allocation.call, basis_of(current))
    others = allocation.decisions.exclude(pk=current.pk).aggregate(sum=Sum("amount"))["sum"]
    check_amount(row, amount, allocation, others or 0, current)
    columns = {"revised_by": actor, "reason": reason.strip(), "version": version + 1}
    if amount != current.amount:
        told = why_award(row, "already decided") if amount else why_nothing(row)
        columns |= {"rule": told, "by_rule": False}
    if (amount > 0) == (current.amount > 0):
        write(current, amount=amount, **columns)
        return current
    write(current, **columns)
    resettle(allocation, current, amount)
    return current


def one_of(allocation, pk):
    """One decision, held until the transaction ends, with all that its row is read from."""
    found = allocation.decisions.select_for_update(of=["self"]).select_related(
        "dossier__organisation", "dossier__theme", "dossier__rank_line", "basis", "exception"
    )
    return found.get(pk=pk)


def resettle(allocation, current, amount):
    """Somebody enters the awards or leaves them: the reserve list moves up or down."""
    decisions = [
        current if one.pk == current.pk else one
        for one in allocation.decisions.select_for_update(of=["self"])
    ]
    amounts = {one.dossier_id: one.amount for one in decisions} | {current.dossier_id: amount}
    settle(decisions, rows_of(allocation), amounts)


def check_bounds(row: Row, amount, allocation, decisions, current):
    others = sum(d.amount for d in decisions if d.pk != current.pk)
    check_amount(row, amount, allocation, others, current)


def check_amount(row: Row, amount, allocation, others, current):
    """Within the ceiling of the dossier and what the others leave of the envelope."""
    if amount < 0:
        raise Refused(_("Le montant ne peut pas être négatif."))
    if amount > row.ceiling.amount and not permitted(current, amount):
        raise Refused(
            _("Au plus %(most)s pour ce dossier : %(because)s.")
            % {"most": euros(row.ceiling.amount), "because": row.ceiling.because}
        )
    allocation.envelope.refresh_from_db()
    left = allocation.envelope.left - others
    if amount > left:
        raise Refused(_("Il ne reste que %(left)s sur l’enveloppe.") % {"left": euros(left)})


def permitted(decision, amount):
    """An exception that a second person signed lets the award stand above its ceiling."""
    found = getattr(decision, "exception", None)
    return found is not None and found.signed_at is not None and amount <= found.amount


def settle(decisions, rows, amounts):
    """Write the outcome and the reserve rank that follow from the amounts."""
    ordered = sorted(decisions, key=lambda decision: decision.rank)
    lines = [rows[decision.dossier_id] for decision in ordered]
    barred = {d.dossier_id for d in ordered if d.outcome == "refuse" and d.by_rule}
    followed = outcomes(lines, [amounts[line.dossier_id] for line in lines], barred)
    for decision, columns in zip(ordered, followed, strict=True):
        if any(getattr(decision, name) != value for name, value in columns.items()):
            write(decision, **columns)
