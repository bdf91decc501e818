"""Saving what is typed: field by field while typing, or a whole section by its button."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused
from grants.core.flow import write
from grants.dossiers.facts import facts_of
from grants.dossiers.forms_of import definition_of
from grants.dossiers.holding import hold_for_writing
from grants.dossiers.models import Answer, Dossier
from grants.dossiers.states import State
from grants.formbuilder.answers import Reading, read, text_of
from grants.formbuilder.definition import UNTYPED, Definition, Question


@dataclass(frozen=True)
class Saved:
    """The text is stored; `error` says why it cannot be handed in as it is."""

    version: int
    at: datetime
    error: str = ""


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
def save_section(dossier, texts, *, versions, actor, at=None):
    """Store the answers of one page together; those that clash are told apart, none is lost."""
    at = at or timezone.now()
    hold_for_writing(dossier, actor=actor, at=at)
    return store(dossier, texts, versions, actor=actor, at=at)


def store(dossier: Dossier, texts: Mapping, versions: Mapping, *, actor, at) -> dict:
    definition = definition_of(dossier)
    questions = {key: askable(dossier, definition, key) for key in texts}
    stored = {a.key: a for a in dossier.answers.filter(key__in=texts).select_related("saved_by")}
    results, changed = {}, {}
    for key, question in questions.items():
        reading = read(question, texts[key])
        if key in definition.retired:
            reading = Reading(reading.value, retired())
        answer = stored.get(key) or Answer(dossier=dossier, key=key, version=0)
        results[key] = settle(answer, question, reading, versions.get(key, 0), actor, at)
        if answer.saved_at == at and isinstance(results[key], Saved):
            changed[key] = reading.value
    # What is written during a completion stays private until it is sent.
    if dossier.state == State.DRAFT and (facts := facts_of(dossier, definition, changed)):
        write(dossier, **facts)
    return results


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
    if answer.version != version:
        return Clash(
            theirs=text_of(question, answer.value),
            version=answer.version,
            by=str(answer.saved_by) if answer.pk else "",
            at=answer.saved_at,
        )
    answer.value = reading.value
    answer.version += 1
    answer.saved_at = at
    answer.saved_by = actor
    answer.save()
    return Saved(answer.version, at, reading.error)
