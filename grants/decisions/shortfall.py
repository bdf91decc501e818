"""Which published minimum a dossier did not reach, in words."""

from decimal import Decimal

from grants.core.wording import number
from grants.decisions.minimums import missed


def shortfall(decision, *, threshold, top):
    """A criterion’s minimum, or that of the whole; empty when every minimum is reached."""
    line = decision.dossier.rank_line
    short = missed(line.by_criterion)
    if line.score < threshold:
        told = "Sa note est inférieure au seuil publié de %s sur %s."
        return told % (mark(threshold), top)
    if not short:
        return ""
    told = ", ".join(
        f"{row['name']} ({mark(row['mean'])} pour un minimum de {mark(row['minimum'])})"
        for row in short
    )
    return f"La note minimale publiée n’est pas atteinte sur : {told}."


def mark(value):
    """A score as it is written: two decimals."""
    return number(Decimal(str(value)), places=2)
