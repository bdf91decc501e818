"""The texts of the demonstration, with the spaces French typography asks for."""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "stock"
THEMES = ("energie", "mobilite", "sante", "environnement", "logement")
REVIEWED, DECIDED = 12, 21  # of a theme's projects: the first are under review, the next decided
BEFORE_MARK = re.compile(r" (?=[;!?%€»])")
BEFORE_COLON = re.compile(r" (?=:)|(?<=«) ")
THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}\b)")


@dataclass(frozen=True)
class Project:
    """A project and the company that carries it; `base` is its eligible spending in euros."""

    theme: str
    title: str
    company: str
    city: str
    department: str
    stage: str
    base: int
    jobs: int
    innovation: str
    market: str
    impact: str
    laboratory: str
    sister: str = ""  # another company of the same group


@cache
def read(name: str) -> Any:
    return french(json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")))


def french(value: Any) -> Any:
    """Narrow no-break spaces before marks and in numbers, in every text of a document."""
    if isinstance(value, dict):
        return {key: french(item) for key, item in value.items()}
    if isinstance(value, list):
        return [french(item) for item in value]
    if isinstance(value, str):
        value = BEFORE_MARK.sub("\u202f", value)
        return THOUSANDS.sub("\u202f", BEFORE_COLON.sub("\u00a0", value))
    return value


def projects(first: int, last: int | None) -> list[Project]:
    """This slice of every theme's projects, themes taking turns."""
    rows = [[Project(theme=theme, **row) for row in read(theme)[first:last]] for theme in THEMES]
    return [project for turn in zip(*rows, strict=True) for project in turn]


def under_review(each: int = REVIEWED) -> list[Project]:
    """The first `each` of every theme; all departments are there when all are taken."""
    return projects(0, each)


def decided(each: int = DECIDED - REVIEWED) -> list[Project]:
    return projects(REVIEWED, REVIEWED + each)


def upcoming(each: int = 3) -> list[Project]:
    return projects(DECIDED, DECIDED + each)


def second_project() -> Project:
    """What the company of the demonstration’s applicant is writing now."""
    return Project(theme="environnement", **read("second"))
