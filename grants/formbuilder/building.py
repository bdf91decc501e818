"""Editing a definition as stored: every act takes the JSON of a form and changes it in place."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from grants.formbuilder.definition import parse
from grants.formbuilder.soundness import BadDefinition

# Names the pages use for themselves.
RESERVED = frozenset({"version", "field", "value", "key", "next", "file"})
UP, DOWN = "up", "down"


def digest(told: Any) -> str:
    """What somebody saw, in sixteen letters: a page sends it back with its changes."""
    written = json.dumps(told, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()[:16]


def free_key(label: str, taken: Iterable[str]) -> str:
    """A key nobody ever used in this call: an old answer must not turn up under a new question."""
    stem = slugify(label).replace("-", "_").strip("_")[:40]
    if not stem or not stem[0].isalpha() or stem in RESERVED:
        stem = f"q_{stem}".rstrip("_")
    key, n = stem, 1
    while key in taken:
        n += 1
        key = f"{stem}_{n}"
    return key


def find_section(definition, key):
    return next((one for one in definition["sections"] if one["key"] == key), None)


def find_question(definition, key):
    """(section, question) or (None, None)."""
    for section in definition["sections"]:
        for question in section["questions"]:
            if question["key"] == key:
                return section, question
    return None, None


def keys_in(definition) -> set[str]:
    """Keys of sections and questions, retired ones too."""
    keys = {section["key"] for section in definition["sections"]}
    asked = [question for section in definition["sections"] for question in section["questions"]]
    return keys | {question["key"] for question in [*asked, *definition.get("retired", ())]}


def put_section(definition, key, values):
    """Add a section at the end, or change the one of this key."""
    section = find_section(definition, key)
    if section is None:
        definition["sections"].append({"key": key, "questions": [], **values})
    else:
        section.update(values)


def put_question(definition, key, section_key, values):
    """Replace the question of this key, or add it at the end of the section."""
    section, question = find_question(definition, key)
    target = find_section(definition, section_key)
    if question is not None and section is target:
        section["questions"][section["questions"].index(question)] = values
        return
    if question is not None:
        section["questions"].remove(question)
    target["questions"].append(values)


def move_section(definition, key, way):
    sections = definition["sections"]
    swap(sections, sections.index(find_section(definition, key)), way)


def move_question(definition, key, way):
    """Up or down; past the end of its section, the question enters the next one."""
    section, question = find_question(definition, key)
    asked = section["questions"]
    at = asked.index(question)
    if 0 <= at + step(way) < len(asked):
        swap(asked, at, way)
        return
    sections = definition["sections"]
    there = sections.index(section) + step(way)
    if not 0 <= there < len(sections):
        return
    asked.remove(question)
    sections[there]["questions"].insert(len(sections[there]["questions"]) if way == UP else 0,
                                        question)  # fmt: skip


def swap(rows, at, way):
    other = at + step(way)
    if 0 <= other < len(rows):
        rows[at], rows[other] = rows[other], rows[at]


def step(way):
    return -1 if way == UP else 1


def retire_question(definition, key, *, was_asked):
    """Take a question out; one that was published is kept apart and can come back."""
    section, question = find_question(definition, key)
    section["questions"].remove(question)
    if was_asked:
        definition.setdefault("retired", []).append({**question, "section": section["key"]})


def remove_section(definition, key, *, asked):
    section = find_section(definition, key)
    for question in list(section["questions"]):
        retire_question(definition, question["key"], was_asked=question["key"] in asked)
    definition["sections"].remove(section)


def restore_question(definition, key):
    """A retired question comes back at the end of its section, or of the last one."""
    question = next(one for one in definition["retired"] if one["key"] == key)
    definition["retired"].remove(question)
    section = find_section(definition, question["section"]) or definition["sections"][-1]
    section["questions"].append({k: v for k, v in question.items() if k != "section"})


def checked(definition):
    """The form as values, or a sentence for its manager."""
    parsed = parse(definition)
    if not parsed.questions:
        raise BadDefinition(_("Un formulaire pose au moins une question."))
    return parsed
