"""Announced awards as the public reads them; everything is counted in the database."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Sum
from django.db.models.functions import ExtractYear

from grants.decisions.models import Decision
from grants.funding.models import Envelope


def awards():
    """Awards that were voted and announced; their year is that of the vote."""
    return Decision.objects.awarded().annotate(year=ExtractYear("allocation__deliberated_on"))


def awards_of(programme):
    return awards().filter(dossier__call__programme=programme)


def newest_first(found):
    """Everything the public list and the export show, in one query."""
    return found.select_related(
        "allocation", "dossier__call__programme", "dossier__organisation", "dossier__theme"
    ).order_by("-allocation__deliberated_on", "dossier__organisation__name", "pk")


@dataclass(frozen=True)
class Tally:
    count: int
    amount: Decimal


@dataclass(frozen=True)
class Year:
    year: int
    companies: int
    count: int
    amount: Decimal


def cells(programme):
    """Count and amount by department and theme, folded later into a map and bars."""
    return (
        awards_of(programme)
        .order_by()
        .values_list("dossier__department", "dossier__theme__name")
        .annotate(Count("pk"), Sum("amount"))
    )


def fold(rows, place):
    """Add up the rows of `cells` by what stands at `place`; an unknown place counts as empty."""
    found = {}
    for row in rows:
        key, count, amount = row[place] or "", row[2], row[3]
        before = found.get(key, Tally(0, Decimal(0)))
        found[key] = Tally(before.count + count, before.amount + amount)
    return found


def years(programme):
    """Each year's different companies: one with two awards in a year counts once."""
    rows = (
        awards_of(programme)
        .order_by()
        .values("year")
        .annotate(
            companies=Count("dossier__organisation", distinct=True),
            count=Count("pk"),
            total=Sum("amount"),
        )
        .order_by("year")
    )
    return [Year(row["year"], row["companies"], row["count"], row["total"]) for row in rows]


def companies_of(programme):
    found = awards_of(programme).order_by()
    return found.aggregate(n=Count("dossier__organisation", distinct=True))["n"]


def envelopes_by_year(programme, *, newest=5):
    """What was voted, committed and paid, year by year."""
    return (
        Envelope.objects.filter(programme=programme, endowed__gt=0)
        .values("year")
        .annotate(voted=Sum("endowed"), engaged=Sum("committed"), spent=Sum("paid"))
        .order_by("-year")[:newest]
    )


def known_filters():
    """The values that some announced award has: what one may filter by."""
    rows = (
        awards()
        .order_by()
        .values_list(
            "year",
            "dossier__theme__name",
            "dossier__call__programme__slug",
            "dossier__call__programme__name",
        )
        .distinct()
    )
    found = list(rows)
    return {
        "year": [(year, str(year)) for year in sorted({row[0] for row in found}, reverse=True)],
        "theme": [(name, name) for name in sorted({row[1] for row in found if row[1]})],
        "programme": sorted({row[2:] for row in found}, key=lambda pair: pair[1]),
    }
