"""What the page of a vote shows: each line as proposed and as voted, and who left the room."""

from decimal import Decimal

from grants.decisions.models import Decision
from grants.decisions.states import Outcome
from grants.dossiers.numbering import reference_of
from grants.votes.models import Recusal


def page_of(allocation):
    """Everything the page shows, in a constant number of queries."""
    lines = lines_of(allocation)
    rows = [row_of(line, allocation.call.code) for line in lines]
    voted = sum((line.amount for line in lines), Decimal(0))
    return {
        "rows": rows,
        "amended": [row for row in rows if row["amendment"]],
        "voted": voted,
        "proposed": sum((row["proposed_amount"] for row in rows), Decimal(0)),
        "awards": sum(line.outcome == Outcome.AWARD for line in lines),
        "left_after": left_after(allocation, voted),
        "recusals": recusals_of(allocation, allocation.call.code),
        "report": allocation.reports.select_related("made_by").first(),
        "references": ", ".join(row["reference"] for row in rows[:2]),
    }


def lines_of(allocation):
    return list(
        Decision.objects.filter(allocation=allocation)
        .select_related("dossier__organisation", "amendment")
        .defer("dossier__organisation__register")
        .order_by("rank")
    )


def row_of(line, code):
    amendment = getattr(line, "amendment", None)
    return {
        "pk": line.pk,
        "rank": line.rank,
        "reference": reference_of(code, line.dossier.number),
        "title": line.dossier.title,
        "company": line.dossier.organisation.name,
        "outcome": line.get_outcome_display(),
        "outcome_key": line.outcome,
        "amount": line.amount,
        "amendment": amendment,
        "proposed_outcome": amendment.get_proposed_outcome_display() if amendment else None,
        "proposed_amount": amendment.proposed_amount if amendment else line.amount,
    }


def left_after(allocation, voted):
    """What the envelope keeps once the vote is carried out; announced, the ledger counts it."""
    left = allocation.envelope.left
    return left if allocation.state == "announced" else left - voted


def recusals_of(allocation, code):
    found = Recusal.objects.filter(decision__allocation=allocation).select_related(
        "decision__dossier"
    )
    return [
        {
            "pk": one.pk,
            "member": one.member,
            "reference": reference_of(code, one.decision.dossier.number),
        }
        for one in found
    ]
