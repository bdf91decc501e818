"""Saving what is typed: field by field while typing, or a whole section by its button."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused
from grants.core.flow import write
from grants.dossiers.facts import facts_of
from grants.dossiers.finding import find_held
from grants.dossiers.forms_of import definition_of, filled
from grants.dossiers.holding import hold_for_writing, still_open
from grants.dossiers.kept import answers_of
from grants.dossiers.merging import Merged, merge_rows
from grants.dossiers.models import Answer, Dossier
from grants.dossiers.operations.signing import standing, tell_void
from grants.dossiers.states import State
from grants.formbuilder.answers import Reading, read, text_of
from grants.formbuilder.definition import UNTYPED, Definition, Question
from grants.formbuilder.filled import Filled


@dataclass(frozen=True)
class Saved:
    """The text is stored; `error` says why it cannot be handed in as it is.

    `merged` is the text of a table that now holds the rows of somebody else too; `places`
    says where each row that was sent now stands in it.
    """

    version: int
    at: datetime
    error: str = ""
    merged: str = ""
    places: tuple[int, ...] = ()


@dataclass(frozen=True)
class Clash:
    """Somebody else, or another tab, changed this answer since it was shown: both texts live."""

    theirs: str
    version: int
    by: str
    at: datetime


@transaction.atomic
def save_answer(dossier, key, text, *, version, actor, at=None):
    """Store one answer unless it changed since `version`; a wrong text is kept with its error."""
    at = at or timezone.now()
    hold_for_writing(dossier, actor=actor, at=at)
    results = store(dossier, {key: text}, {key: version}, actor=actor, at=at)
    return results[key]


@transaction.atomic
def autosave(pk, key, text, *, version, actor, at=None) -> tuple[Saved | Clash, Filled]:
    """`save_answer` in the fewest queries, and how far the dossier has come with it."""
    at = at or timezone.now()
    dossier = find_held(actor, pk)
    if not dossier.is_author:
        raise PermissionDenied
    still_open(dossier, at)
    rows = {row.key: row for row in answers_of(dossier.pk)}
    # Only the answer that changes becomes an object.
    known = {key: rows[key].as_answer()} if key in rows else {}
    results = store(dossier, {key: text}, {key: version}, actor=actor, at=at, known=known)
    files = {held: (held,) for held in dossier.file_keys}
    return results[key], filled(dossier, answers={**rows, **known}.values(), files=files)


@transaction.atomic
def save_section(dossier, texts, *, versions, actor, at=None):
    """Store the answers of one page together; those that clash are told apart, none is lost."""
    at = at or timezone.now()
    hold_for_writing(dossier, actor=actor, at=at)
    return store(dossier, texts, versions, actor=actor, at=at)


def store(dossier: Dossier, texts: Mapping, versions: Mapping, *, actor, at, known=None) -> dict:
    """`known` holds the stored answers by key, when they were read already; it keeps the new."""
    definition = definition_of(dossier)
    questions = {key: askable(dossier, definition, key) for key in texts}
    agreed = standing(dossier)
    if known is None:
        stored = dossier.answers.filter(key__in=texts).select_related("saved_by")
        known = {answer.key: answer for answer in stored}
    results, changed = {}, {}
    for key, question in questions.items():
        answer = known.get(key) or Answer(dossier=dossier, key=key, version=0)
        reading = read(question, texts[key])
        if key in definition.retired:
            reading = Reading(reading.value, retired())
        results[key] = settle(answer, question, reading, versions.get(key, 0), actor, at)
        if answer.saved_at == at and isinstance(results[key], Saved):
            changed[key], known[key] = answer.value, answer
    if changed:
        tell_void(dossier, agreed, actor)
    # What is written during a completion stays private until it is sent.
    if dossier.state == State.DRAFT:
        keep_facts(dossier, facts_of(dossier, definition, changed))
    return results


def keep_facts(dossier, facts):
    new = {name: value for name, value in facts.items() if getattr(dossier, name) != value}
    if new:
        write(dossier, **new)


def askable(dossier: Dossier, definition: Definition, key: str) -> Question:
    question = definition.questions.get(key) or definition.retired.get(key)
    if question is None or question.kind in UNTYPED:
        raise Refused(_("Cette question n’existe pas dans ce formulaire."))
    asked = dossier.open_questions
    if asked is not None and key not in definition.opened_by(asked):
        raise Refused(_("Cette réponse n’est pas parmi celles à reprendre : elle ne change plus."))
    return question


def retired() -> str:
    return _(
        "La Région a retiré cette question du formulaire : votre texte est gardé, mais il ne "
        "fera pas partie du dossier."
    )


def settle(answer: Answer, question: Question, reading: Reading, version: int, actor, at):
    """Keep the stored answer when it says the same, tell the clash, or write the new one."""
    if answer.value == reading.value:
        return Saved(answer.version, answer.saved_at if answer.pk else at, reading.error)
    if answer.version == version:
        keep(answer, reading.value, actor, at)
        return Saved(answer.version, at, reading.error)
    merged = None
    if question.kind == "table" and answer.saved_by_id != actor.pk:
        merged = merged_rows(answer, question, reading.value, version)
    if merged is not None:
        both = read(question, json.dumps(merged.rows, ensure_ascii=False))
        keep(answer, both.value, actor, at)
        text = text_of(question, both.value)
        return Saved(answer.version, at, both.error, text, tuple(merged.places))
    return Clash(
        theirs=text_of(question, answer.value),
        version=answer.version,
        by=str(answer.saved_by) if answer.pk else "",
        at=answer.saved_at,
    )


def keep(answer, value, actor, at):
    answer.value = value
    answer.version += 1
    answer.saved_at = at
    answer.saved_by = actor
    answer.save()


def merged_rows(answer, question, mine, version) -> Merged | None:
    """The rows of both authors of a table, on top of the version both had seen; or None.

    As typed, so that a row somebody is still typing, not yet right, merges like any other.
    """
    seen = [seen_value(answer, version), mine, answer.value]
    base, mine, theirs = (typed_rows(question, value) for value in seen)
    if base is None or mine is None or theirs is None:
        return None
    return merge_rows(base, mine, theirs)


def typed_rows(question, value):
    """Rows of texts, whether they could be read or not; None when they are no rows at all."""
    try:
        rows = json.loads(text_of(question, value) or "[]")
    except (ValueError, RecursionError):
        return None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return None
    return [
        {column.key: str(row.get(column.key, "")).strip() for column in question.columns}
        for row in rows
    ]


def seen_value(answer, version):
    """What this answer was at that version: the event tables forget nothing."""
    if version == 0:
        return None
    seen = answer.events.filter(version=version).order_by("pgh_id")
    return seen.values_list("value", flat=True).last()
