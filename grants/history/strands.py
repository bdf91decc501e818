"""The tables the history is made of, found among the models: none has to be listed by hand.

A strand is a table whose rows are written once: the events that triggers write at each change, the
steps of the life cycles, and what only grows (entries, deposits, rankings, letters).
"""

from collections import deque
from dataclasses import dataclass
from functools import cache

import pgtrigger
from django.apps import apps
from django.db import models
from pghistory.models import Event

OURS = ("accounts", "grants", "reviews")
DOSSIER = "grants.Dossier"
FARTHEST = 3  # a score is of an evaluation, of an assignment, of a dossier
SEALS = {"Seal", "Link"}  # they hold each other and need no other chain


@dataclass(frozen=True)
class Strand:
    """One table: its key, what is hashed of it, its clock, the way from a row to its dossier."""

    table: str
    key: str
    columns: tuple[str, ...]
    clock: str
    way: str
    joins: str
    has_context: bool


@cache
def strands():
    """In the order of their names; the history follows the models whatever they become."""
    found = [strand_of(model) for model in ours() if is_written_once(model)]
    return {strand.table: strand for strand in sorted(found, key=lambda strand: strand.table)}


def meta_of(model):
    return model._meta  # noqa: SLF001 - what Django documents of a model


def ours():
    told = ((model, meta_of(model)) for model in apps.get_models())
    return [model for model, meta in told if meta.app_label in OURS and not meta.proxy]


def is_written_once(model):
    if model.__name__ in SEALS:
        return False
    return issubclass(model, Event) or any(refuses_changes(one) for one in triggers_of(model))


def refuses_changes(trigger):
    """Always, not only in some states."""
    both = (str(pgtrigger.Update | pgtrigger.Delete), str(pgtrigger.Delete | pgtrigger.Update))
    is_protection = isinstance(trigger, pgtrigger.Protect) and not trigger.condition
    return is_protection and str(trigger.operation) in both


def triggers_of(model):
    return getattr(meta_of(model), "triggers", [])


def strand_of(model):
    meta = meta_of(model)
    is_event = issubclass(model, Event)
    way, joins = way_to_dossier(model)
    columns = sorted(field.column for field in meta.concrete_fields if not field.primary_key)
    return Strand(
        table=meta.db_table,
        key=meta.pk.column,
        columns=tuple(columns),
        clock="pgh_created_at" if is_event else own_clock(meta),
        way=way,
        joins=joins,
        has_context="pgh_context_id" in columns,
    )


def own_clock(meta):
    """The column that says when the row was written, if it has one."""
    for field in meta.concrete_fields:
        if isinstance(field, models.DateTimeField) and (field.has_default() or field.auto_now_add):
            return field.column
    return ""


def way_to_dossier(model):
    """SQL of the dossier's key for a row `t`, by the fewest foreign keys; NULL without one."""
    dossier = apps.get_model(DOSSIER)
    if getattr(model, "pgh_tracked_model", None) is dossier:
        return "t.pgh_obj_id", ""
    waiting = deque([(model, "t", "", 1)])
    while waiting:
        here, alias, joins, depth = waiting.popleft()
        for field in forward_keys(here):
            target = field.related_model
            if target is dossier:
                return f"{alias}.{field.column}", joins
            if depth < FARTHEST:
                longer, meta = f"{alias}_{field.column}", meta_of(target)
                join = f" LEFT JOIN {meta.db_table} {longer}"
                on = f" ON {longer}.{meta.pk.column} = {alias}.{field.column}"
                waiting.append((target, longer, joins + join + on, depth + 1))
    return "NULL::bigint", ""


def forward_keys(model):
    """Foreign keys towards our own tables that lead somewhere; the one to the tracked row says
    what its columns say already."""
    return [
        field
        for field in meta_of(model).concrete_fields
        if isinstance(field, models.ForeignKey)
        and field.name != "pgh_obj"
        and meta_of(field.related_model).app_label in OURS
        and meta_of(field.related_model).object_name != "User"
    ]
