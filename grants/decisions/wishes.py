"""Reads ranked dossiers into the rows of the allocation."""

from decimal import Decimal

from grants.decisions.ceilings import Ceiling
from grants.decisions.minimums import missed
from grants.decisions.proposing import Row
from grants.decisions.standing import published_ceiling
from grants.dossiers.numbering import reference_of

# Below a third of what was asked an award no longer carries the project.
LEAST_USEFUL_SHARE = Decimal(1) / 3


def rows_of(allocation):
    """The rows of an allocation by dossier id, in one query."""
    lines = allocation.ranking.lines.select_related(
        "dossier__organisation", "dossier__theme", "dossier__decision__basis"
    ).order_by("rank")
    return rows_from(lines, allocation.call)


def rows_from(lines, call):
    """The same from lines of the ranking read with their decision and its basis."""
    return {line.dossier_id: row_of(line, call, basis_of(line.dossier.decision)) for line in lines}


def basis_of(decision):
    return getattr(decision, "basis", None)


def row_of(line, call, basis=None):
    """`basis`: what State aid was found to leave; without one, the caps of the call alone."""
    dossier = line.dossier
    requested = dossier.requested or Decimal(0)
    plain = published_ceiling(dossier, call)
    return Row(
        dossier_id=dossier.pk,
        reference=reference_of(call.code, dossier.number),
        rank=line.rank,
        score=line.score,
        passes=line.score >= call.threshold and not missed(line.by_criterion),
        requested=requested,
        minimum=(requested * LEAST_USEFUL_SHARE).quantize(Decimal("0.01")),
        ceiling=plain if basis is None else Ceiling(basis.ceiling, basis.because),
        group=min(basis.undertaking) if basis and basis.undertaking else dossier.organisation.siren,
        theme=str(dossier.theme) if dossier.theme_id else "",
        department=dossier.department,
        zone=line.zone,
    )
