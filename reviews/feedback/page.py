"""The feedback of one dossier as its page shows it."""

from dataclasses import dataclass
from typing import Any

from grants.core.wording import percent
from reviews.feedback.operations import TEXTS, fields_of


@dataclass(frozen=True)
class Entry:
    """One text with what to show in it: what was typed last, else what is stored."""

    name: str
    column: str
    text: str
    version: str
    error: str


@dataclass(frozen=True)
class Shown:
    part: Any
    entries: list


@dataclass(frozen=True)
class Progress:
    """How many of those prepared were read over."""

    total: int
    read: int

    @property
    def left(self):
        return self.total - self.read

    @property
    def share(self):
        return percent(self.read / self.total) if self.total else "—"


def page_of(feedback, *, typed, errors):
    fields = fields_of(feedback)
    parts = {field.row.pk: field.row for field in fields.values()}
    return [
        Shown(part, [entry_of(fields[f"{column}-{pk}"], typed, errors) for column in TEXTS])
        for pk, part in parts.items()
    ]


def entry_of(field, typed, errors):
    return Entry(
        name=field.name,
        column=field.column,
        text=typed.get(field.name, field.text),
        version=field.version,
        error=errors.get(field.name, ""),
    )
