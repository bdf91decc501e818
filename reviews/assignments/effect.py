"""What a change by hand would do: to the whole, to the worst served dossier, to the loads."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Min, Q, Sum

from reviews.assignments.affinity import affinity
from reviews.assignments.models import Assignment
from reviews.assignments.tally import ReadingTally


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


def served(dossier):
    """The sums of affinities of the others, and of this one (None without a reader)."""
    active = Assignment.objects.active().filter(call=dossier.call_id).order_by()
    here = Q(dossier=dossier.pk)
    found = (
        active.values("dossier")
        .annotate(served=Sum("affinity"))
        .aggregate(
            total=Sum("served", filter=~here),
            worst=Min("served", filter=~here),
            here=Sum("served", filter=here),
        )
    )
    return Others(found["total"] or Decimal(0), found["worst"]), found["here"]


def figures(others, here):
    known = [one for one in (others.worst, here) if one is not None]
    here = here or Decimal(0)
    return Figures(total=others.total + here, worst=min(known, default=Decimal(0)), here=here)


def loads(call, expert, instead):
    changed = ((expert, 1), *([(instead.expert, -1)] if instead else []))
    people = [one for one, _change in changed]
    capacity = dict(call.seats.filter(expert__in=people).values_list("expert", "capacity"))
    carried = loads_of(call, people)
    for one, change in changed:
        now = carried.get(one.pk, 0)
        yield Load(one, now, now + change, capacity.get(one.pk))


def loads_of(call, people):
    """Readings each of these has in this call, also of dossiers their companies complete."""
    counted = ReadingTally.objects.filter(call=call, expert__in=people).values_list("expert")
    return dict(counted.annotate(n=Sum("given")))
