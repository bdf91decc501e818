"""What a change by hand would do: to the whole, to the worst served dossier, to the loads."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from reviews.assignments.affinity import affinity
from reviews.assignments.candidates import loads_of
from reviews.assignments.models import Assignment


@dataclass(frozen=True)
class Figures:
    """Sums of affinities: of the call, of its worst served dossier, of this dossier."""

    total: Decimal
    worst: Decimal
    worst_dossier: int | None
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
    sums = served(dossier.call)
    levels = {known.theme_id: known.level for known in expert.expertise.all()}
    gained = affinity(levels, dossier.theme_id)
    lost = instead.affinity if instead else Decimal(0)
    changed = sums | {dossier.pk: sums.get(dossier.pk, Decimal(0)) + gained - lost}
    return Effect(
        before=figures(sums, dossier.pk),
        after=figures(changed, dossier.pk),
        loads=tuple(loads(dossier.call, expert, instead)),
    )


def served(call):
    """The sum of affinities of every dossier that has a reader."""
    active = Assignment.objects.active().filter(call=call).order_by()
    return dict(active.values_list("dossier").annotate(served=Sum("affinity")))


def figures(sums, here):
    worst = min(sums, key=lambda pk: (sums[pk], pk), default=None)
    return Figures(
        total=sum(sums.values(), Decimal(0)),
        worst=sums.get(worst, Decimal(0)),
        worst_dossier=worst,
        here=sums.get(here, Decimal(0)),
    )


def loads(call, expert, instead):
    carried = loads_of(call)
    capacity = dict(call.seats.values_list("expert", "capacity"))
    for one, change in ((expert, 1), *([(instead.expert, -1)] if instead else [])):
        now = carried.get(one.pk, 0)
        yield Load(one, now, now + change, capacity.get(one.pk))
