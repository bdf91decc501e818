"""A form with its answers: what is done, what is missing, what is wrong. Knows no database."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from grants.formbuilder.answers import error_of, is_refused, text_of
from grants.formbuilder.conditions import holds
from grants.formbuilder.definition import UNTYPED, Definition, Question, Section
from grants.formbuilder.formulas import compute
from grants.formbuilder.kinds import within
from grants.formbuilder.markup import no_answer, table_to_read, text_to_read
from grants.formbuilder.showing import as_read, table_of


@dataclass(frozen=True)
class Reply:
    """One question with its stored answer, or the files handed in for it."""

    question: Question
    stored: Any = None
    version: int = 0
    files: Sequence[Any] = ()
    is_asked: bool = True
    is_hidden: bool = False

    @property
    def is_masked(self) -> bool:
        """Something stands in its place for readers who may not know all of it."""
        return False

    @property
    def value(self) -> Any:
        return None if self.is_hidden or is_refused(self.stored) else self.stored

    @property
    def is_given(self) -> bool:
        return bool(self.files) if self.question.kind == "file" else self.stored is not None

    @cached_property
    def problem(self) -> str:
        """Why the dossier cannot be handed in with this answer; empty when it can."""
        if self.is_hidden:
            return ""
        if self.question.kind == "computed":
            return out_of_bounds(self.question, self.stored)
        if self.question.required and not self.is_given:
            return MISSING.get(self.question.kind, _missing)()
        return "" if self.question.kind == "file" else error_of(self.question, self.stored)

    @property
    def is_expected(self) -> bool:
        """Required of this applicant, given the answers before it."""
        return self.question.required and not self.is_hidden

    @property
    def is_content(self) -> bool:
        """Part of what is handed in: asked, and answered."""
        return not self.is_hidden and self.is_given

    @property
    def text(self) -> str:
        return "" if self.question.kind in UNTYPED else text_of(self.question, self.stored)

    @property
    def shown(self) -> str:
        return self.text if is_refused(self.stored) else as_read(self.question, self.stored)

    @property
    def html(self) -> SafeString:
        """The answer to read; files have addresses, and templates of their own."""
        if not self.is_given:
            return no_answer()
        if self.question.kind == "table" and isinstance(self.stored, list):
            return table_to_read(self.question, self.stored)
        return text_to_read(self.shown)

    @property
    def table(self) -> dict[str, Any] | None:
        is_rows = self.question.kind == "table" and isinstance(self.stored, list)
        return table_of(self.question, self.stored) if is_rows else None


def out_of_bounds(question: Question, value: Any) -> str:
    if value is None:
        return ""
    try:
        within(question, Decimal(value))
    except ValueError as error:
        return str(error)
    return ""


def _missing() -> str:
    return _("Cette réponse est nécessaire.")


MISSING = {
    "file": lambda: _("Cette pièce est nécessaire."),
    "table": lambda: _("Remplissez au moins une ligne."),
    "yes_no": lambda: _("Répondez à cette question."),
    "one_of": lambda: _("Choisissez une réponse."),
}

TODO, DOING, CHECK, DONE = "todo", "doing", "check", "done"


@dataclass(frozen=True)
class FilledSection:
    section: Section
    replies: tuple[Reply, ...]

    @property
    def state(self) -> str:
        if any(reply.problem and reply.is_given for reply in self.replies):
            return CHECK
        if not self.given:
            return TODO if any(reply.is_expected for reply in self.replies) else DONE
        return DOING if any(reply.problem for reply in self.replies) else DONE

    @property
    def state_label(self) -> str:
        return {
            TODO: _("À commencer"),
            DOING: _("En cours"),
            CHECK: _("À vérifier"),
            DONE: _("Complet"),
        }[self.state]

    @property
    def given(self) -> int:
        """Answers of the applicant's own: what is computed counts for nothing."""
        return sum(r.is_content and r.question.kind != "computed" for r in self.replies)

    @property
    def is_open(self) -> bool:
        """At least one question of it may be answered now."""
        return any(r.is_asked and r.question.kind != "computed" for r in self.replies)


@dataclass(frozen=True)
class Filled:
    sections: tuple[FilledSection, ...]

    @cached_property
    def replies(self) -> dict[str, Reply]:
        return {r.question.key: r for section in self.sections for r in section.replies}

    @property
    def problems(self) -> list[tuple[Section, Reply]]:
        return [(s.section, r) for s in self.sections for r in s.replies if r.problem]

    @property
    def is_ready(self) -> bool:
        return not self.problems

    @property
    def required(self) -> int:
        return sum(reply.is_expected for reply in self.replies.values())

    @property
    def settled(self) -> int:
        """Required questions that are answered rightly."""
        return sum(r.is_expected and not r.problem for r in self.replies.values())

    def value(self, key: str) -> Any:
        reply = self.replies.get(key)
        return reply.value if reply else None

    def section(self, key: str) -> FilledSection | None:
        return next((s for s in self.sections if s.section.key == key), None)

    @property
    def unfinished(self) -> FilledSection | None:
        """The first open section that still waits for something."""
        return next((s for s in self.sections if s.is_open and s.state != DONE), None)

    def after(self, key: str) -> FilledSection | None:
        """The open section that follows this one."""
        keys = [s.section.key for s in self.sections]
        later = self.sections[keys.index(key) + 1 :]
        return next((s for s in later if s.is_open), None)


def settle(
    definition: Definition, values: Mapping[str, Any]
) -> tuple[dict[str, Any], frozenset[str]]:
    """The value of every question, and those not asked: a hidden answer counts as none."""
    known: dict[str, Any] = {}
    hidden = set()
    for key, question in definition.questions.items():
        if question.condition and not holds(question.condition, known, definition.kinds):
            hidden.add(key)
            known[key] = None
        elif question.formula:
            known[key] = compute(question.formula, known)
        else:
            value = values.get(key)
            known[key] = None if is_refused(value) else value
    return known, frozenset(hidden)


def fill(
    definition: Definition,
    values: Mapping[str, Any],
    files: Mapping[str, Sequence[Any]],
    *,
    versions: Mapping[str, int] | None = None,
    asked: Collection[str] | None = None,
) -> Filled:
    """Put stored values and files beside their questions; `asked` limits what may change."""
    versions = versions or {}
    known, hidden = settle(definition, values)
    opened = None if asked is None else definition.opened_by(asked)

    def reply(question: Question) -> Reply:
        key = question.key
        return Reply(
            question=question,
            stored=known[key] if question.formula else values.get(key),
            version=versions.get(key, 0),
            files=files.get(key, ()),
            is_asked=opened is None or key in opened,
            is_hidden=key in hidden,
        )

    return Filled(
        tuple(
            FilledSection(section, tuple(map(reply, section.questions)))
            for section in definition.sections
        )
    )
