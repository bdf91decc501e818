"""Announced awards as the public reads them; everything is counted in the database."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Sum
from django.db.models.functions import ExtractYear

from grants.core.prepared import prepared
from grants.decisions.models import Decision
from grants.funding.models import Envelope

NEWEST = 5  # years whose envelopes are shown


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


@prepared
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
    return [Year(*row) for row in years_counted(programme)]


@prepared
def years_counted(programme):
    return (
        awards_of(programme)
        .order_by()
        .values("year")
        .annotate(
            companies=Count("dossier__organisation", distinct=True),
            count=Count("pk"),
            total=Sum("amount"),
        )
        .order_by("year")
        .values_list("year", "companies", "count", "total")
    )


def companies_of(programme):
    [companies] = companies_counted(programme) or [0]
    return companies


@prepared
def companies_counted(programme):
    """One number in a list, which is empty before the first award."""
    found = awards_of(programme).order_by().values("dossier__call__programme")
    counted = found.annotate(n=Count("dossier__organisation", distinct=True))
    return counted.values_list("n", flat=True)


@prepared
def envelopes_by_year(programme):
    """What was voted, committed and paid, year by year."""
    return (
        Envelope.objects.filter(programme=programme, endowed__gt=0)
        .values("year")
        .annotate(voted=Sum("endowed"), engaged=Sum("committed"), spent=Sum("paid"))
        .order_by("-year")[:NEWEST]
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
