"""Queries whose text is written once, and asked again with other values.

Writing a wide query costs the ORM more than PostgreSQL needs to answer it, yet its text depends
only on the shape of what is asked: which roles somebody holds, never in which company. `@prepared`
lets the ORM write it once per shape, with a mark in the place of each value:

    @prepared
    def dossiers_of(user, call):
        return Dossier.objects.seen_by(user).filter(call=call)

    dossiers_of(request.user, 7)  # a list: nothing can be chained to it

Whole numbers and the person are values; anything else (a state, a word) belongs to the shape. What
is built depends on nothing but its arguments: no clock, no language. The tests compare the text and
values of every answer with what the ORM would have written on the spot.
"""

from collections.abc import Callable, Iterator
from functools import update_wrapper
from itertools import count
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import Http404

from accounts.access import Rights, rights_of
from grants.core.written import Written

MARK = 2_000_000_000  # an integer column still holds it
MOST_SHAPES = 100


class Prepared:
    """Called with values, it answers the rows as a list."""

    def __init__(self, build: Callable[..., QuerySet]) -> None:
        self.build = build
        self.plans: dict[tuple, Written] = {}
        update_wrapper(self, build)

    def __call__(self, *asked: Any) -> list:
        written, values = self.written(asked)
        return written.rows(values)

    def text(self, *asked: Any) -> tuple[str, tuple]:
        written, values = self.written(asked)
        return written.text(values)

    def written(self, asked: tuple) -> tuple[Written, list[int]]:
        values: list[int] = []
        shape = tuple(shape_of(one, values) for one in asked)
        plan = self.plans.get(shape)
        if plan is None:
            if len(self.plans) >= MOST_SHAPES:
                self.plans.clear()
            plan = self.plans[shape] = self.plan(asked)
        return plan, values

    def plan(self, asked: tuple) -> Written:
        marks = count(MARK)
        plan = Written(self.build(*(marked(one, marks) for one in asked)), MARK)
        if not plan.sql and Written(self.build(*asked), MARK).sql:
            raise TypeError(f"{self.__name__}: a mark does not fit into its column.")
        return plan

    def one_or_404(self, *asked: Any) -> Any:
        found = self(*asked)
        if not found:
            raise Http404
        return found[0]


prepared = Prepared


def shape_of(asked: Any, values: list[int]) -> Any:
    """What the text depends on; what it does not is put aside in `values`."""
    if isinstance(asked, bool):
        return asked
    if isinstance(asked, int):
        values.append(asked)
        return int
    if isinstance(asked, get_user_model()):
        return shape_of_person(asked, values)
    return asked


def shape_of_person(user: Any, values: list[int]) -> tuple:
    """The pattern of roles; the keys they are held on are values, in their order."""
    values.append(user.pk)
    rights = rights_of(user)
    if rights is None:
        return (None,)
    shape = []
    for held in (rights.memberships, rights.duties):
        places = {key: place for place, key in enumerate(sorted({key for key, _role in held}))}
        values.extend(places)
        shape.append(tuple(sorted((places[key], role) for key, role in held)))
    return (*shape, rights.is_expert)


def marked(asked: Any, marks: Iterator[int]) -> Any:
    """The same argument with marks instead of its values, in the order `shape_of` puts them."""
    if isinstance(asked, get_user_model()):
        return marked_person(asked, marks)
    if isinstance(asked, int) and not isinstance(asked, bool):
        return next(marks)
    return asked


def marked_person(user: Any, marks: Iterator[int]) -> Any:
    stand_in = get_user_model()(pk=next(marks))
    rights = rights_of(user)
    if rights is not None:
        held = []
        for pairs in (rights.memberships, rights.duties):
            mark_of = {key: next(marks) for key in sorted({key for key, _role in pairs})}
            held.append(frozenset((mark_of[key], role) for key, role in pairs))
        stand_in.rights = Rights(*held, is_expert=rights.is_expert, unread=0)
    return stand_in
