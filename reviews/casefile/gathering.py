"""The whole file of a decision as plain values: a judge reads it, a machine computes it again."""

from grants.dossiers.numbering import reference_of
from grants.history.chain import digest_of
from grants.history.models import Link, Seal
from grants.screening.checklist import BY_KEY
from reviews.casefile.deposit import deposits_of, eligibility_of
from reviews.casefile.money import allocation_of, decision_of
from reviews.casefile.order import ranking_of
from reviews.casefile.readings import committee_of, conflicts_of, evaluations_of
from reviews.casefile.rules import rules_of
from reviews.casefile.steps import steps_of

FORMAT = "eclore-decision-1"


def case_of(decision):
    """{"format", "content", "sha256"}: the same decision gives the same content."""
    content = content_of(decision)
    return {"format": FORMAT, "content": content, "sha256": digest_of(content)}


def content_of(decision):
    dossier, allocation = decision.dossier, decision.allocation
    call = allocation.call
    deposits, last = deposits_of(dossier)
    return {
        "dossier": identity_of(dossier, call),
        "rules": rules_of(call),
        "deposits": deposits,
        "eligibility": eligibility_of(dossier, last),
        "checks": checks_of(dossier, call),
        "evaluations": evaluations_of(dossier),
        "conflicts": conflicts_of(dossier),
        "committee": committee_of(dossier),
        "ranking": ranking_of(call),
        "allocation": allocation_of(allocation),
        "decision": decision_of(decision),
        "steps": steps_of(decision),
        "history": history_of(dossier),
    }


def identity_of(dossier, call):
    return {
        "id": str(dossier.pk),
        "reference": reference_of(call.code, dossier.number),
        "title": dossier.title,
        "state": dossier.state,
        "department": dossier.department,
        "theme": dossier.theme.name if dossier.theme else "",
        "company": {"name": dossier.organisation.name, "siret": dossier.organisation.siret},
    }


def checks_of(dossier, call):
    labels = {key: str(item.label) for key, item in BY_KEY.items()}
    labels |= dict(call.check_lines.values_list("key", "label"))
    return [
        {
            "label": labels.get(one.key, one.key),
            "outcome": one.get_outcome_display(),
            "note": one.note,
            "by": str(one.checked_by),
            "at": one.checked_at.isoformat(),
        }
        for one in dossier.checks.select_related("checked_by").order_by("checked_at", "pk")
    ]


def history_of(dossier):
    """Where the chain of this dossier stood at the last seal that added to it."""
    link = Link.objects.filter(chain=f"dossier:{dossier.pk}").order_by("-seal_id").first()
    if link is None:
        return None
    seal = Seal.objects.get(number=link.seal_id)
    return {"head": link.head, "acts": link.first + len(link.places) - 1, "seal": seal.digest}
