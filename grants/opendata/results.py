"""What a programme has given, drawn: map, themes, companies a year, envelopes."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from grants.core import charts
from grants.core.charts.bars import Bars
from grants.core.charts.maps import Map
from grants.core.templatetags.french import counted, euros, number
from grants.eligibility.territory import DEPARTMENTS
from grants.opendata import awards

AMOUNTS = "montants"


@dataclass(frozen=True)
class Department:
    code: str
    name: str
    count: int
    amount: Decimal


@dataclass(frozen=True)
class Results:
    count: int
    amount: Decimal
    companies: int
    places: int
    map: Map
    departments: list[Department]
    themes: Bars
    years: Bars
    envelopes: list


def results_of(programme, *, measure=""):
    """None before the first announced award."""
    rows = awards.cells(programme.pk)
    if not rows:
        return None
    by_place, by_theme = awards.fold(rows, 0), awards.fold(rows, 1)
    return Results(
        count=sum(tally.count for tally in by_place.values()),
        amount=sum(tally.amount for tally in by_place.values()),
        companies=awards.companies_of(programme.pk),
        places=sum(code in DEPARTMENTS for code in by_place),
        map=map_of(by_place, measure),
        departments=departments_of(by_place),
        themes=themes_of(by_theme),
        years=years_of(programme),
        envelopes=envelopes_of(programme),
    )


def map_of(by_place, measure):
    if measure == AMOUNTS:
        values = {code: round(tally.amount / 1000) for code, tally in by_place.items()}
        title = _("Montants attribués par département, en milliers d’euros")
    else:
        values = {code: tally.count for code, tally in by_place.items()}
        title = _("Aides attribuées par département, en nombre")
    texts = {code: number(value) for code, value in values.items()}
    return charts.department_map(
        {code: value for code, value in values.items() if code in DEPARTMENTS},
        title=title,
        texts=texts,
    )


def departments_of(by_place):
    found = [
        Department(code, DEPARTMENTS.get(code, _("Département non précisé")), t.count, t.amount)
        for code, t in by_place.items()
    ]
    return sorted(found, key=lambda place: (-place.amount, place.code))


def themes_of(by_theme):
    ordered = sorted(by_theme.items(), key=lambda pair: (-pair[1].amount, pair[0]))
    items = [
        charts.Item(
            label=name or _("Sans thème"),
            value=float(tally.amount),
            text=euros(tally.amount),
            note=counted(tally.count, _("aide,aides")),
        )
        for name, tally in ordered
    ]
    return charts.bars(items, title=_("Montants attribués par thème"))


def years_of(programme):
    """Companies supported; the full width is the published goal, where there is one."""
    items = [
        charts.Item(
            label=str(year.year),
            value=year.companies,
            text=counted(year.companies, _("entreprise,entreprises")),
            note=euros(year.amount),
        )
        for year in awards.years(programme.pk)
    ]
    most = max(item.value for item in items)
    goal = programme.goal_to or 0
    return charts.bars(
        items,
        title=_("Entreprises aidées par an"),
        desc=_("Pleine largeur : %(goal)s par an") % {"goal": number(goal)} if goal else "",
        full=max(goal, most),
    )


def envelopes_of(programme):
    return [envelope_gauge(row) for row in awards.envelopes_by_year(programme.pk)]


def envelope_gauge(row):
    voted, engaged, spent = row["voted"], row["engaged"], row["spent"]
    return charts.gauge(
        [
            ("paid", _("Payé"), float(spent), euros(spent)),
            ("committed", _("Engagé, à payer"), float(engaged - spent), euros(engaged - spent)),
        ],
        total=float(voted),
        title=_("%(year)s : %(voted)s votés") % {"year": row["year"], "voted": euros(voted)},
        left_text=_("%(left)s à attribuer") % {"left": euros(voted - engaged)},
    )
