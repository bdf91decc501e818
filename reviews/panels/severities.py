"""How severe each expert is, with its interval: for those who answer for the experts."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator

from grants.core.charts import Estimate, dots
from grants.core.templatetags.french import number
from reviews.experts.models import Expert
from reviews.panels.frozen import order_of
from reviews.panels.ranking import HALF_WIDTH
from reviews.panels.telling import leaning, signed, span


@dataclass(frozen=True)
class SeverityRow:
    pk: str
    name: str
    organisation: str
    reviews: str
    severity: str
    interval: str
    leaning: str
    dot: Any


LINES = 50


def severities_of(call, wanted):
    """A page of the experts, those who stand furthest from the others first."""
    order = order_of(call)
    glance = order.glance()
    found = order.severities()
    page = Paginator(found, LINES).get_page(wanted)
    return {
        "glance": glance,
        "page": page,
        "rows": rows_of(list(page), bounds_of(found)) if found else [],
        "is_measured": any(one.se is not None for one in found),
    }


def rows_of(severities, bounds):
    pks = [int(one.id) for one in severities]
    experts = {
        pk: texts
        for pk, *texts in Expert.objects.filter(pk__in=pks).values_list(
            "pk", "user__full_name", "organisation"
        )
    }
    drawn = dots(
        [estimate_of(one, experts[int(one.id)][0]) for one in severities],
        title="",
        bounds=bounds,
    ).rows
    return [
        row_of(one, experts[int(one.id)], dot) for one, dot in zip(severities, drawn, strict=True)
    ]


def bounds_of(severities):
    """The same on both sides: no severity stands in the middle."""
    ends = (abs(end) for one in severities for end in limits(one) if end is not None)
    widest = max(ends, default=0) or 1.0
    return -widest, widest


def limits(one):
    if one.se is None:
        return None, None
    return one.severity - HALF_WIDTH * one.se, one.severity + HALF_WIDTH * one.se


def estimate_of(one, name):
    low, high = limits(one)
    return Estimate(
        label=name,
        value=one.severity,
        low=one.severity if low is None else low,
        high=one.severity if high is None else high,
        text=f"{name} {signed(one.severity)}",
    )


def row_of(one, texts, dot):
    low, high = limits(one)
    return SeverityRow(
        pk=one.id,
        name=texts[0],
        organisation=texts[1],
        reviews=number(one.reviews),
        severity="—" if one.se is None else signed(one.severity),
        interval="—" if low is None else span(signed(low), signed(high)),
        leaning=leaning(low, high),
        dot=dot,
    )
