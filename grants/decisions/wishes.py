"""Reads ranked dossiers into the rows of the allocation."""

from decimal import Decimal

from grants.decisions.ceilings import ceiling
from grants.decisions.minimums import missed
from grants.decisions.proposing import Row
from grants.dossiers.numbering import reference_of

# Below a third of what was asked an award no longer carries the project.
LEAST_USEFUL_SHARE = Decimal(1) / 3


def rows_of(allocation):
    """The rows of an allocation by dossier id, in one query."""
    lines = allocation.ranking.lines.select_related("dossier__organisation").order_by("rank")
    return {line.dossier_id: row_of(line, allocation.call) for line in lines}


def row_of(line, call):
    dossier = line.dossier
    requested = dossier.requested or Decimal(0)
    return Row(
        dossier_id=dossier.pk,
        reference=reference_of(call.code, dossier.number),
        rank=line.rank,
        score=line.score,
        passes=line.score >= call.threshold and not missed(line.by_criterion),
        requested=requested,
        minimum=(requested * LEAST_USEFUL_SHARE).quantize(Decimal("0.01")),
        ceiling=ceiling(
            requested=requested,
            base=dossier.eligible_base or Decimal(0),
            stage=dossier.stage,
            max_rate=call.max_rate,
            max_aid=call.max_aid,
            max_grant=call.max_grant,
        ),
        group=dossier.organisation.siren,
    )
