"""How well an expert suits a dossier: their level on its theme, a little for other knowledge."""

from collections.abc import Mapping
from decimal import Decimal

HIGHEST = 3
OTHER_THEME = Decimal("0.05")  # per level of the best other theme


def affinity(levels: Mapping[int, int], theme: int | None) -> Decimal:
    """From 0 to 1, on four places: `levels` maps themes to 1, 2 or 3."""
    if theme in levels:
        return (Decimal(levels[theme]) / HIGHEST).quantize(Decimal("0.0001"))
    return OTHER_THEME * max(levels.values(), default=0)
