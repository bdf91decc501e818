from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.core.flow import lock, write
from grants.formbuilder import building
from grants.formbuilder import permissions as may
from grants.formbuilder.building import digest
from grants.formbuilder.definition import parse
from grants.formbuilder.models import FormVersion
from grants.formbuilder.operations.adopting import definition_to_copy
from grants.formbuilder.soundness import BadDefinition


@dataclass(frozen=True)
class Clash:
    """Another manager changed this meanwhile: `theirs` is stored, what was typed is not."""

    theirs: dict[str, Any]
    by: str
    at: datetime | None


def current_form(call):
    """The version in preparation, else the published one, else nothing."""
    return call.forms.order_by("-number").select_related("revised_by").first()


@transaction.atomic
def save_section(call, key, values, *, seen, actor, at=None):
    """Add a section (`key` empty) or change one, unless it changed since it was `seen`."""
    draft = hold_form(call, actor=actor)
    section = building.find_section(draft.definition, key) if key else None
    if key and (clash := clash_of(draft, told_of_section(section), seen)):
        return clash
    key = key or building.free_key(values["title"], keys_ever(call, draft))
    building.put_section(draft.definition, key, values)
    return keep(draft, actor=actor, at=at, key=key)


@transaction.atomic
def save_question(call, key, section, values, *, seen, actor, at=None):
    """Add a question (`key` empty) or change one, unless it changed since it was `seen`.

    The kind of a question never changes: answers already given would mean something else.
    """
    draft = hold_form(call, actor=actor)
    _section, stored = building.find_question(draft.definition, key) if key else (None, None)
    if key and (clash := clash_of(draft, stored, seen)):
        return clash
    if building.find_section(draft.definition, section) is None:
        raise Refused(_("Cette section n’existe plus."))
    if stored is not None and stored["kind"] != values["kind"]:
        raise Refused(_("La nature d’une question ne change pas : ajoutez-en une autre."))
    key = key or building.free_key(values["label"], keys_ever(call, draft))
    building.put_question(draft.definition, key, section, {**values, "key": key})
    return keep(draft, actor=actor, at=at, key=key)


@transaction.atomic
def move(call, key, way, *, actor, at=None):
    """Move a section or a question one place; never before what its condition looks at."""
    draft = hold_form(call, actor=actor)
    if building.find_section(draft.definition, key):
        building.move_section(draft.definition, key, way)
    elif building.find_question(draft.definition, key)[1]:
        building.move_question(draft.definition, key, way)
    else:
        raise Refused(gone())
    return keep(draft, actor=actor, at=at, key=key)


@transaction.atomic
def remove(call, key, *, seen, actor, at=None):
    """Take a section or a question out. Once published it is retired: its answers stay."""
    draft = hold_form(call, actor=actor)
    asked = asked_ever(call)
    section = building.find_section(draft.definition, key)
    found = section or building.find_question(draft.definition, key)[1]
    if clash := clash_of(draft, told_of_section(found), seen):
        return clash
    removed = section["questions"] if section else [found]
    if facts := [question["label"] for question in removed if question.get("fact")]:
        raise Refused(
            _("« %(label)s » sert aux listes et aux calculs : elle reste dans le formulaire.")
            % {"label": facts[0]}
        )
    if section:
        building.remove_section(draft.definition, key, asked=asked)
    else:
        building.retire_question(draft.definition, key, was_asked=key in asked)
    return keep(draft, actor=actor, at=at, key=key)


@transaction.atomic
def restore(call, key, *, actor, at=None):
    """Ask a retired question again, under its own key: its answers come back with it."""
    draft = hold_form(call, actor=actor)
    if key not in {question["key"] for question in draft.definition.get("retired", ())}:
        raise Refused(gone())
    if not draft.definition["sections"]:
        raise Refused(_("Ajoutez d’abord une section."))
    building.restore_question(draft.definition, key)
    return keep(draft, actor=actor, at=at, key=key)


def hold_form(call, *, actor):
    """Lock the call and return what is being prepared; the first change starts it."""
    lock(call)
    require(may.EDIT_FORM, actor, call)
    newest = current_form(call)
    if newest is not None and newest.published_at is None:
        return newest
    return FormVersion(
        call=call,
        number=newest.number + 1 if newest else 1,
        definition=deepcopy(newest.definition) if newest else definition_to_copy(call),
    )


def keep(draft, *, actor, at, key):
    """Store what is being prepared, if it still is a form that can be asked."""
    try:
        parse(draft.definition)
    except BadDefinition as error:
        raise Refused(str(error)) from error
    draft.revised_by, draft.revised_at = actor, at or timezone.now()
    if draft.pk is None:
        draft.save()
    else:
        write(draft, definition=draft.definition, revised_by=actor, revised_at=draft.revised_at)
    return key


def clash_of(draft, stored, seen):
    if stored is None:
        raise Refused(gone())
    if digest(stored) == seen:
        return None
    return Clash(theirs=stored, by=str(draft.revised_by or ""), at=draft.revised_at)


def told_of_section(section):
    """Title and introduction: questions of a section change without it."""
    if section is None or "questions" not in section:
        return section
    return {"key": section["key"], "title": section["title"], "intro": section.get("intro", "")}


def gone():
    return _("Cet élément n’est plus dans le formulaire : quelqu’un l’a retiré.")


def asked_ever(call):
    """Keys that some published version asked: answers may exist."""
    definitions = call.forms.published().values_list("definition", flat=True)
    return {key for definition in definitions for key in parse(definition).questions}


def keys_ever(call, draft):
    definitions = call.forms.values_list("definition", flat=True)
    return set().union(*map(building.keys_in, [*definitions, draft.definition]))
