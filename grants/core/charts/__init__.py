"""Geometry of the charts: numbers in, SVG attributes out; the templates only place them.

Across, positions are percentages, so a chart fills any width and its text keeps its size;
down, they are pixels. They leave here as text: a template must never write `42,5 %` into SVG.
Pure: no Django, no wording; the caller gives every text as it is to be read.
"""

from grants.core.charts.bars import Item, bars, funnel, gauge
from grants.core.charts.columns import columns
from grants.core.charts.dots import Estimate, dots
from grants.core.charts.grids import progress_grid
from grants.core.charts.maps import department_map
from grants.core.charts.slopes import Slope, slopes

__all__ = [
    "Estimate",
    "Item",
    "Slope",
    "bars",
    "columns",
    "department_map",
    "dots",
    "funnel",
    "gauge",
    "progress_grid",
    "slopes",
]
