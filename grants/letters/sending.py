"""Where each letter of an allocation stands: made, read, awaited or failed."""

from django.db.models import Prefetch

from grants.decisions.models import Decision
from grants.dossiers.numbering import reference_of
from grants.dossiers.states import State
from grants.letters.kinds import kind_of
from grants.letters.models import DecisionLetter, LetterFailure


def sent_of(allocation):
    """One row a decision, in the order of the ranking; a constant number of queries."""
    decisions = (
        Decision.objects.filter(allocation=allocation)
        .select_related("dossier__organisation")
        .defer("dossier__organisation__register")
        .prefetch_related(
            Prefetch(
                "letters",
                queryset=DecisionLetter.objects.select_related("template", "reading__reader"),
            ),
            Prefetch("letter_failures", queryset=LetterFailure.objects.order_by("-at")),
        )
        .order_by("rank")
    )
    return [row_of(decision, allocation.call.code) for decision in decisions]


def row_of(decision, code):
    kind = kind_of(decision)
    letters = list(decision.letters.all())
    made = any(letter.kind == kind for letter in letters)
    failures = [one for one in decision.letter_failures.all() if one.kind == kind]
    withdrawn = decision.dossier.state == State.WITHDRAWN
    return {
        "pk": decision.pk,
        "rank": decision.rank,
        "reference": reference_of(code, decision.dossier.number),
        "company": decision.dossier.organisation.name,
        "kind": kind.label,
        "letters": letters,
        "awaited": not made and not withdrawn,
        "failure": failures[0] if failures and not made else None,
    }
