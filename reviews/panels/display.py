"""The rows of the ranking page."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from grants.core.charts import Estimate, dots
from grants.dossiers.models import Dossier


@dataclass(frozen=True)
class RankRow:
    rank: int
    dossier: Any
    raw: float
    calibrated: float
    p_funded: float | None
    zone: str
    dot: Any
    is_last_funded: bool


def rows_of(call, lines, places):
    """`lines` are consecutive places of the order; their dossiers come in one query."""
    shown = Dossier.objects.select_related("organisation", "theme").only(
        "title", "organisation__name", "theme__name"
    )
    dossiers = shown.in_bulk([int(line.id) for line in lines])
    drawn = dots(
        [estimate_of(line, dossiers[int(line.id)]) for line in lines],
        title=_("Notes corrigées et intervalles à 90 %"),
        bounds=(0, float(call.top_score)),
    ).rows
    return [
        RankRow(
            rank=line.rank,
            dossier=dossiers[int(line.id)],
            raw=line.raw,
            calibrated=line.calibrated,
            p_funded=line.p_funded,
            zone=line.zone or "",
            dot=dot,
            is_last_funded=line.rank == places,
        )
        for line, dot in zip(lines, drawn, strict=True)
    ]


def estimate_of(line, dossier):
    score = line.calibrated
    low = score if line.low is None else line.low
    high = score if line.high is None else line.high
    return Estimate(
        label=dossier.title,
        value=score,
        low=low,
        high=high,
        text=_("note corrigée %(score)s, entre %(low)s et %(high)s")
        % {name: number_text(v) for name, v in {"score": score, "low": low, "high": high}.items()},
        zone=line.zone or "",
    )


def number_text(value):
    return f"{value:.2f}".replace(".", ",")
