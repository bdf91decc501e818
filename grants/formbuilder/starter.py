"""The standard form of a call for young industrial companies; each call gets its own copy."""

import json
from copy import deepcopy
from pathlib import Path

STANDARD = json.loads((Path(__file__).parent / "starter.json").read_text(encoding="utf-8"))


def standard_form(themes):
    """The definition to store in a form version; `themes` are (key, name) of the programme."""
    definition = deepcopy(STANDARD)
    for section in definition["sections"]:
        for question in section["questions"]:
            if question.get("fact") == "theme":
                question["choices"] = [list(theme) for theme in themes]
    return definition
