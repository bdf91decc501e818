"""What a decision rested on, frozen when it is contested, with the digest that seals it."""

import hashlib

from grants.decisions.operations.receiving import canonical


def evidence_of(decision):
    """The decision, its rank, the ranking and report behind it, the vote, the letters, as text."""
    allocation, dossier = decision.allocation, decision.dossier
    return {
        "reference": dossier.reference,
        "decision": {
            "outcome": decision.outcome,
            "amount": str(decision.amount),
            "reserve_rank": decision.reserve_rank,
            "reason": decision.reason,
            "rule": decision.rule,
        },
        "requested": str(dossier.requested),
        "ranking": ranking_of(decision),
        "vote": {
            "body": allocation.body,
            "held_on": str(allocation.deliberated_on),
            "number": allocation.deliberation,
            "report": allocation.reports.values_list("sha256", flat=True).first(),
            "amendment": amendment_of(decision),
            "recusals": [one.member for one in decision.recusals.all()],
        },
        "letters": [
            {"kind": one.kind, "sha256": one.sha256, "template": one.template_id}
            for one in decision.letters.all()
        ],
        "deposits": [
            {"version": one.version, "sha256": one.sha256} for one in dossier.submissions.all()
        ],
    }


def ranking_of(decision):
    line, ranking = decision.dossier.rank_line, decision.allocation.ranking
    return {
        "sha256": ranking.sha256,
        "method": ranking.method,
        "threshold": str(ranking.threshold),
        "rank": line.rank,
        "score": str(line.score),
        "reviews": line.reviews,
        "by_criterion": line.by_criterion,
    }


def amendment_of(decision):
    amendment = getattr(decision, "amendment", None)
    if amendment is None:
        return None
    return {
        "proposed_outcome": amendment.proposed_outcome,
        "proposed_amount": str(amendment.proposed_amount),
        "reason": amendment.reason,
    }


def digest_of(evidence):
    return hashlib.sha256(canonical(evidence).encode()).hexdigest()
