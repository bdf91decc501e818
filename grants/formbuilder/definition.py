"""A form as values: sections of questions, read from the JSON of a form version."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from grants.formbuilder.conditions import Condition, comparisons_in, parse_condition
from grants.formbuilder.confidentiality import CLASSES, LABELS, MEANINGS
from grants.formbuilder.formulas import Formula, parse_formula
from grants.formbuilder.soundness import BadDefinition, check

SCALARS = frozenset({
    "short_text", "long_text", "integer", "decimal", "money", "percentage", "date", "yes_no",
    "one_of", "several_of", "siret", "commune", "iban", "url", "email", "phone",
})  # fmt: skip
KINDS = SCALARS | {"table", "file", "computed"}
# Nobody types these into a field of their own.
UNTYPED = frozenset({"file", "computed"})
FACTS = frozenset({"title", "theme", "stage", "department", "eligible_base", "requested"})


@dataclass(frozen=True)
class Choice:
    key: str
    label: str


@dataclass(frozen=True)
class Column:
    """One column of a table; `total` shows its sum under the rows."""

    key: str
    label: str
    kind: str = "short_text"
    required: bool = False
    total: bool = False
    choices: tuple[Choice, ...] = ()
    words: int | None = None
    characters: int | None = 200
    least: Decimal | None = None
    most: Decimal | None = None
    agree: bool = False


@dataclass(frozen=True)
class Question:
    """`key` never changes; `fact` names the column of the dossier that repeats the answer.

    Without a `condition` the question is asked to everybody.
    """

    key: str
    label: str
    kind: str
    help: str = ""
    required: bool = False
    words: int | None = None
    characters: int | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    choices: tuple[Choice, ...] = ()
    columns: tuple[Column, ...] = ()
    rows_least: int = 0
    rows_most: int = 30
    files_most: int = 5
    agree: bool = False
    confidentiality: str = "after_decision"
    fact: str = ""
    prefill: str = ""
    condition: Condition | None = None
    formula: Formula | None = None

    @property
    def confidentiality_label(self) -> str:
        return str(LABELS[self.confidentiality])

    @property
    def confidentiality_meaning(self) -> str:
        return str(MEANINGS[self.confidentiality])


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    intro: str = ""
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True)
class Definition:
    """`retired` questions are asked no more; their answers are kept, and read by them."""

    sections: tuple[Section, ...] = field(default=())
    retired: Mapping[str, Question] = field(default_factory=dict)

    @cached_property
    def questions(self) -> dict[str, Question]:
        return {
            question.key: question for section in self.sections for question in section.questions
        }

    @cached_property
    def kinds(self) -> dict[str, str]:
        return {key: question.kind for key, question in self.questions.items()}

    def opened_by(self, asked: Collection[str]) -> frozenset[str]:
        """These questions and those whose condition depends on them."""
        opened = set(asked)
        for question in self.questions.values():
            condition = question.condition
            if condition and any(part.question in opened for part in comparisons_in(condition)):
                opened.add(question.key)
        return frozenset(opened)

    def section(self, key: str) -> Section | None:
        return next((section for section in self.sections if section.key == key), None)

    def section_of(self, key: str) -> Section | None:
        """The section that asks this question."""
        return next((s for s in self.sections if any(q.key == key for q in s.questions)), None)


def parse(definition: Mapping[str, Any]) -> Definition:
    """Read the stored JSON; a form that cannot be asked is refused before anybody sees it."""
    sections = tuple(_section(values) for values in definition.get("sections", ()))
    keys = [question.key for section in sections for question in section.questions]
    _once(keys, "question")
    _once([section.key for section in sections], "section")
    _once([q.fact for s in sections for q in s.questions if q.fact], "fact")
    definition = Definition(sections=sections, retired=_retired(definition))
    check(definition)
    return definition


def _retired(definition: Mapping[str, Any]) -> dict[str, Question]:
    kept = (
        {name: value for name, value in told.items() if name not in {"section", "condition"}}
        for told in definition.get("retired", ())
    )
    return {values["key"]: _question(values) for values in kept}


def _section(values: Mapping[str, Any]) -> Section:
    questions = tuple(_question(question) for question in values["questions"])
    return Section(values["key"], values["title"], values.get("intro", ""), questions)


def _question(values: Mapping[str, Any]) -> Question:
    known = {
        **values,
        "choices": _choices(values),
        "columns": _columns(values),
        **_limits(values),
        **_logic(values),
    }
    question = _build(Question, known)
    if question.kind not in KINDS:
        raise BadDefinition(f"{question.key}: unknown kind {question.kind}")
    if question.fact and question.fact not in FACTS:
        raise BadDefinition(f"{question.key}: unknown fact {question.fact}")
    if question.confidentiality not in CLASSES:
        raise BadDefinition(f"{question.key}: unknown class {question.confidentiality}")
    if question.kind == "table" and not question.columns:
        raise BadDefinition(f"{question.key}: a table without columns")
    _need_choices(question)
    return question


def _columns(values: Mapping[str, Any]) -> tuple[Column, ...]:
    columns = tuple(
        _build(Column, {**column, "choices": _choices(column), **_limits(column)})
        for column in values.get("columns", ())
    )
    for column in columns:
        if column.kind not in SCALARS - {"several_of"}:
            raise BadDefinition(f"{values['key']}.{column.key}: unknown kind {column.kind}")
        _need_choices(column)
    _once([column.key for column in columns], "column")
    return columns


def _need_choices(asked: Question | Column) -> None:
    if asked.kind in {"one_of", "several_of"} and not asked.choices:
        raise BadDefinition(f"{asked.key}: no choice to make")


def _choices(values: Mapping[str, Any]) -> tuple[Choice, ...]:
    return tuple(_choice(choice) for choice in values.get("choices", ()))


def _choice(choice: Any) -> Choice:
    """A pair, or its two parts by name: published forms hold both."""
    named = isinstance(choice, Mapping)
    key, label = (choice["key"], choice["label"]) if named else choice
    return Choice(str(key), str(label))


def _limits(values: Mapping[str, Any]) -> dict[str, Decimal]:
    return {name: Decimal(str(values[name])) for name in ("least", "most") if name in values}


def _logic(values: Mapping[str, Any]) -> dict[str, Any]:
    readers = {"condition": parse_condition, "formula": parse_formula}
    try:
        return {name: read(values[name]) for name, read in readers.items() if values.get(name)}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadDefinition(f"{values.get('key', '?')}: {error}") from error


def _build(shape: type, values: Mapping[str, Any]) -> Any:
    try:
        return shape(**values)
    except TypeError as error:
        raise BadDefinition(f"{values.get('key', '?')}: {error}") from error


def _once(keys: list[str], what: str) -> None:
    twice = {key for key in keys if keys.count(key) > 1}
    if twice:
        raise BadDefinition(f"{what} twice: {', '.join(sorted(twice))}")
