"""What a change by hand would do: to the whole, to the worst served dossier, to the loads."""

from dataclasses import dataclass
from decimal import Decimal

from grants.core.planned import planned_cursor
from reviews.assignments.affinity import affinity


@dataclass(frozen=True)
class Figures:
    """Sums of affinities: of the call, of its worst served dossier, of this dossier."""

    total: Decimal
    worst: Decimal
    here: Decimal


@dataclass(frozen=True)
class Load:
    expert: object
    before: int
    after: int
    most: int | None


@dataclass(frozen=True)
class Effect:
    before: Figures
    after: Figures
    loads: tuple[Load, ...]


def effect_of(dossier, expert, *, instead=None):
    """Give `dossier` to `expert`, in place of the reading `instead` where there is one."""
    levels = {known.theme_id: known.level for known in expert.expertise.all()}
    gained = affinity(levels, dossier.theme_id)
    lost = instead.affinity if instead else Decimal(0)
    others, here = served(dossier)
    return Effect(
        before=figures(others, here),
        after=figures(others, (here or Decimal(0)) + gained - lost),
        loads=tuple(loads(dossier.call, expert, instead)),
    )


@dataclass(frozen=True)
class Others:
    """The dossiers beside this one that have a reader."""

    total: Decimal
    worst: Decimal | None


# Written by hand: what an officer tries before each change is asked again and again.
SERVED = """
    SELECT sum(served) FILTER (WHERE dossier_id <> %(here)s),
        min(served) FILTER (WHERE dossier_id <> %(here)s),
        sum(served) FILTER (WHERE dossier_id = %(here)s)
    FROM (
        SELECT dossier_id, sum(affinity) AS served FROM reviews_assignment
        WHERE call_id = %(call)s AND state = 'active' GROUP BY dossier_id
    ) AS one
"""


def served(dossier):
    """The sums of affinities of the others, and of this one (None without a reader)."""
    with planned_cursor() as cursor:
        cursor.execute(SERVED, {"here": dossier.pk, "call": dossier.call_id})
        total, worst, here = cursor.fetchone()
    return Others(total or Decimal(0), worst), here


def figures(others, here):
    known = [one for one in (others.worst, here) if one is not None]
    here = here or Decimal(0)
    return Figures(total=others.total + here, worst=min(known, default=Decimal(0)), here=here)


# Readings each of these has in this call, also of dossiers their companies complete.
LOADS = """
    SELECT one.id, seat.capacity, (
        SELECT coalesce(sum(given), 0)::int FROM reviews_readingtally
        WHERE call_id = %(call)s AND expert_id = one.id)
    FROM unnest(%(experts)s::bigint[]) AS one (id)
    LEFT JOIN reviews_seat seat ON seat.call_id = %(call)s AND seat.expert_id = one.id
"""


def loads(call, expert, instead):
    changed = ((expert, 1), *([(instead.expert, -1)] if instead else []))
    with planned_cursor() as cursor:
        cursor.execute(LOADS, {"call": call.pk, "experts": [one.pk for one, _change in changed]})
        known = {pk: (capacity, carried) for pk, capacity, carried in cursor.fetchall()}
    for one, change in changed:
        capacity, now = known[one.pk]
        yield Load(one, now, now + change, capacity)
