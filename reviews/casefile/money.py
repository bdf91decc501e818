"""What was proposed, voted and committed: the decisions of the call, line by line."""

from grants.decisions.states import Outcome
from grants.decisions.wishes import rows_of


def allocation_of(allocation):
    """Every line with what bounded it: a decision is read beside those it was taken with."""
    rows = rows_of(allocation)
    decisions = (
        allocation.decisions.select_related("dossier", "entry", "amendment__by")
        .prefetch_related("recusals")
        .order_by("rank")
    )
    report = allocation.reports.first()
    return {
        "envelope": str(allocation.envelope),
        "prepared_by": str(allocation.prepared_by),
        "prepared_at": allocation.prepared_at.isoformat(),
        "checked_by": str(allocation.checked_by or ""),
        "checked_at": moment(allocation.checked_at),
        "report": report and {"version": report.version, "sha256": report.sha256},
        "body": allocation.body,
        "deliberated_on": moment(allocation.deliberated_on),
        "deliberation": allocation.deliberation,
        "announced_at": moment(allocation.announced_at),
        "lines": [line_of(one, rows[one.dossier_id]) for one in decisions],
    }


def line_of(decision, row):
    dossier = decision.dossier
    return {
        "dossier": str(decision.dossier_id),
        "reference": row.reference,
        "rank": decision.rank,
        "requested": str(row.requested),
        "base": str(dossier.eligible_base or 0),
        "stage": dossier.stage,
        "ceiling": str(row.ceiling.amount),
        "because": row.ceiling.because,
        "minimum": str(row.minimum),
        "passes": row.passes,
        "outcome": decision.outcome,
        "amount": str(decision.amount),
        "reserve_rank": decision.reserve_rank,
        "reason": decision.reason,
        "amendment": amendment_of(decision),
        "recusals": [one.member for one in decision.recusals.all()],
        "committed": str(-decision.entry.amount) if decision.entry else None,
    }


def amendment_of(decision):
    """What the vote changed of this line, and what had been put to it."""
    one = getattr(decision, "amendment", None)
    return one and {
        "proposed_outcome": one.proposed_outcome,
        "proposed_amount": str(one.proposed_amount),
        "outcome": one.outcome,
        "amount": str(one.amount),
        "reason": one.reason,
        "by": str(one.by),
    }


def decision_of(decision):
    letter = getattr(decision, "letter", None)
    return {
        "outcome": decision.outcome,
        "said": str(Outcome(decision.outcome).label),
        "amount": str(decision.amount),
        "rank": decision.rank,
        "reserve_rank": decision.reserve_rank,
        "reason": decision.reason,
        "rule": decision.rule,
        "letter": letter and {"made_at": letter.made_at.isoformat(), "sha256": letter.sha256},
    }


def moment(value):
    return value and value.isoformat()
