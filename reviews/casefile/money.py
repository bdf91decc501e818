"""What was proposed, voted and committed: the decisions of the call, line by line."""

from grants.decisions.states import Outcome
from grants.decisions.wishes import rows_of
from reviews.casefile.scenarios import scenarios_of


def allocation_of(allocation):
    """Every line with what bounded it: a decision is read beside those it was taken with."""
    rows = rows_of(allocation)
    decisions = (
        allocation.decisions.select_related(
            "dossier", "entry", "amendment__by", "basis", "exception__signed_by"
        )
        .prefetch_related("recusals", "promotions", "appeals__entry")
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
        "scenarios": scenarios_of(allocation),
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
        "group": row.group,
        "theme": row.theme,
        "department": row.department,
        "zone": row.zone,
        "basis": basis_of(decision),
        "exception": exception_of(decision),
        "passes": row.passes,
        "outcome": decision.outcome,
        "amount": str(decision.amount),
        "reserve_rank": decision.reserve_rank,
        "reason": decision.reason,
        "amendment": amendment_of(decision),
        "recusals": [one.member for one in decision.recusals.all()],
        "announced": announced_as(decision),
        "committed": committed_for(decision),
    }


def announced_as(decision):
    """The line as it was announced, where money or an appeal changed it afterwards."""
    later = [one for one in decision.promotions.all() if one.state == "accepted"]
    later += [one for one in decision.appeals.all() if one.state == "granted"]
    if not later:
        return None
    before = decision.events.exclude(amount=decision.amount).order_by("pgh_id").last()
    return before and {
        "outcome": before.outcome,
        "amount": str(before.amount),
        "reserve_rank": before.reserve_rank,
    }


def committed_for(decision):
    """What the ledger set aside for this award, an appeal that raised it included."""
    entries = {one.entry_id: one.entry for one in decision.appeals.all() if one.entry}
    if decision.entry:
        entries[decision.entry_id] = decision.entry
    return str(-sum(one.amount for one in entries.values())) if entries else None


def basis_of(decision):
    """The State-aid text an award stands on, and what it leaves."""
    one = getattr(decision, "basis", None)
    return one and {
        "regime": one.regime,
        "version": one.version,
        "article": one.article,
        "ceiling": str(one.ceiling),
        "because": one.because,
        "received": str(one.received),
        "undertaking": one.undertaking,
        "granted_on": moment(one.granted_on),
    }


def exception_of(decision):
    """An award above its ceiling: how much, why, and who signed for it."""
    one = getattr(decision, "exception", None)
    return one and {
        "amount": str(one.amount),
        "reason": one.reason,
        "asked_by": str(one.asked_by),
        "signed_by": str(one.signed_by or ""),
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


def appeals_of(decision):
    """Every appeal against this decision: grounds, what it rested on, the answer."""
    rows = decision.appeals.select_related("replied_by").order_by("received_on", "pk")
    return [
        {
            "kind": one.get_kind_display(),
            "state": one.get_state_display(),
            "received_on": moment(one.received_on),
            "grounds": one.grounds,
            "evidence_sha256": one.sha256,
            "reply": one.reply,
            "replied_by": str(one.replied_by or ""),
            "awarded": None if one.awarded is None else str(one.awarded),
            "deliberation": one.deliberation,
        }
        for one in rows
    ]


def decision_of(decision):
    return {
        "outcome": decision.outcome,
        "said": str(Outcome(decision.outcome).label),
        "amount": str(decision.amount),
        "rank": decision.rank,
        "reserve_rank": decision.reserve_rank,
        "reason": decision.reason,
        "rule": decision.rule,
        "letters": [
            {"kind": one.kind, "made_at": one.made_at.isoformat(), "sha256": one.sha256}
            for one in decision.letters.all()
        ],
        "appeals": appeals_of(decision),
        "promotions": [
            {
                "state": one.state,
                "amount": str(one.amount),
                "offered_at": one.offered_at.isoformat(),
                "accepted_by": str(one.accepted_by or ""),
            }
            for one in decision.promotions.select_related("accepted_by")
        ],
    }


def moment(value):
    return value and value.isoformat()
