"""The letter as it will read, while its text is being typed: a real dossier, or longest values."""

from grants.decisions.models import Decision
from grants.letters.composing import longest_words, words
from grants.letters.kinds import KIND
from grants.letters.placeholders import faults

LONGEST = "longest"
MOST = 30


def candidates(programme, kind):
    """Decisions that receive this letter, announced or still proposed, newest first."""
    return (
        Decision.objects.filter(allocation__call__programme=programme)
        .annotate(letter_kind=KIND)
        .filter(letter_kind=kind)
        .select_related(
            "allocation__ranking", "dossier__organisation", "dossier__call__programme",
            "dossier__rank_line",
        )
        .defer("dossier__organisation__register")
        .order_by("-allocation", "rank")[:MOST]
    )  # fmt: skip


def preview(programme, kind, texts, decision):
    """What the letter would say, or the faults that keep it from saying anything."""
    told = [fault for text in texts.values() for fault in faults(text, kind)]
    if told:
        return {"faults": told}
    if decision is None:
        return {"letter": longest_words(programme, kind, texts), "is_longest": True}
    return {"letter": words(decision, texts), "decision": decision}


def example(examples, chosen):
    """The decision chosen for the preview; none for the longest values."""
    if chosen == LONGEST:
        return None
    return next((one for one in examples if str(one.pk) == chosen), next(iter(examples), None))
