"""Where a question stands in its form, and how it would look there."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from grants.formbuilder import building
from grants.formbuilder.answering import SectionForm
from grants.formbuilder.definition import Question, parse
from grants.formbuilder.filled import fill
from grants.formbuilder.sheets import rows_of

SAMPLE = "apercu"


@dataclass(frozen=True)
class Place:
    """What is stored of a question, and the `earlier` ones it may look at."""

    kind: str
    section: str
    sections: Sequence[Mapping[str, Any]]
    stored: Mapping[str, Any]
    question: Question | None
    earlier: Mapping[str, Question]


def new_place(definition, kind, section):
    return Place(
        kind=kind,
        section=section,
        sections=definition["sections"],
        stored={},
        question=None,
        earlier=earlier_than("", section, definition),
    )


def place_of(definition, key):
    """None when nobody asks this question any more."""
    here, stored = building.find_question(definition, key)
    if stored is None:
        return None
    return Place(
        kind=stored["kind"],
        section=here["key"],
        sections=definition["sections"],
        stored=stored,
        question=parse(definition).questions[key],
        earlier=earlier_than(key, here["key"], definition),
    )


def earlier_than(key, section_key, definition):
    """The questions asked before this one; before the end of the section for a new one."""
    found = {}
    for section in parse(definition).sections:
        for asked in section.questions:
            if asked.key == key:
                return found
            found[asked.key] = asked
        if not key and section.key == section_key:
            break
    return found


def sample_of(definition, place, values):
    """The row of a question as its applicant will see it, under a key of its own."""
    copy = deepcopy(definition)
    told = {name: value for name, value in values.items() if name not in {"fact", "condition"}}
    building.put_question(copy, SAMPLE, place.section, {**told, "key": SAMPLE})
    whole = fill(parse(copy), {}, {})
    here = whole.section(place.section)
    here = replace(here, replies=(whole.replies[SAMPLE],))
    questions = {key: reply.question for key, reply in whole.replies.items()}
    return rows_of(here, SectionForm(here), {}, questions)[0]
