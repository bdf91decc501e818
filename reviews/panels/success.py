"""Which companies succeed, by department, theme, age and size: counts only, small ones hidden."""

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people.naming import plain
from grants.dossiers.models import Dossier
from grants.dossiers.states import State
from grants.eligibility.territory import DEPARTMENTS
from grants.programmes.states import CallState
from reviews.panels.memory import remembered
from reviews.panels.small_cells import Cell, veiled
from reviews.panels.standing import standing_of

AGES = (
    (2, gettext_lazy("moins de 2 ans")),
    (5, gettext_lazy("2 à 4 ans")),
    (8, gettext_lazy("5 à 7 ans")),
    (1000, gettext_lazy("8 ans et plus")),
)
SIZES = (
    (5, gettext_lazy("0 à 4 salariés")),
    (10, gettext_lazy("5 à 9 salariés")),
    (20, gettext_lazy("10 à 19 salariés")),
    (50, gettext_lazy("20 à 49 salariés")),
    (10**9, gettext_lazy("50 salariés et plus")),
)
UNKNOWN = ""
DIMENSIONS = ("department", "theme", "age", "size")


def success_of(call, digest):
    """Per dimension, the groups that may be shown. Succeeding is being awarded once decisions are
    announced; before, standing within the envelope."""
    inputs = (digest, call.state)
    counted = remembered("success", inputs, lambda: counts_of(call))
    return {
        dimension: veiled(Cell(label, *counted[dimension][label]) for label in counted[dimension])
        for dimension in DIMENSIONS
    }


def counts_of(call):
    """Per dimension: key of the group → (dossiers, successes), in a fixed order."""
    winners = winners_of(call)
    rows = [(keys_of(call, row), row[0] in winners) for row in rows_of(call)]
    found = {}
    for place, dimension in enumerate(DIMENSIONS):
        all_of = Counter(keys[place] for keys, _won in rows)
        won = Counter(keys[place] for keys, is_winner in rows if is_winner)
        found[dimension] = {key: (all_of[key], won[key]) for key in sorted(all_of, key=plain)}
    return found


def rows_of(call):
    """The dossiers that have a place: one query."""
    ranked = Dossier.objects.filter(call=call)
    if call.state == CallState.REVIEWING:
        counted = {"assignments__state": "active", "assignments__evaluation__state": "submitted"}
        ranked = ranked.filter(state=State.IN_REVIEW, **counted).distinct()
    else:
        ranked = ranked.filter(rank_line__isnull=False)
    return ranked.values_list(
        "pk",
        "department",
        "theme__name",
        "organisation__registered_on",
        "organisation__headcount",
    )


def winners_of(call):
    if call.state == CallState.DECIDED:
        awarded = Dossier.objects.filter(call=call, state=State.AWARDED)
        return set(awarded.values_list("pk", flat=True))
    if call.state == CallState.RANKED:
        places = call.ranking.content.get("places") or 0
        lines = call.ranking.lines.filter(rank__lte=places)
        return set(lines.values_list("dossier_id", flat=True))
    standing = standing_of(call)
    return {int(line.id) for line in standing.ranked if line.rank <= (standing.places or 0)}


def keys_of(call, row):
    _pk, department, theme, registered_on, headcount = row
    return (
        department or UNKNOWN,
        theme or UNKNOWN,
        band(AGES, age_on(call.opens_at.date(), registered_on)),
        band(SIZES, headcount),
    )


def age_on(day, born):
    """Whole years; a company registered after that day has none."""
    if born is None:
        return None
    return max(0, day.year - born.year - ((day.month, day.day) < (born.month, born.day)))


def band(bands, value):
    """Place of the band in its list, as a key that sorts like it."""
    if value is None:
        return UNKNOWN
    return str(next(place for place, (end, _label) in enumerate(bands) if value < end))


def label_of(dimension, key):
    if key == UNKNOWN:
        return _("Non renseigné")
    if dimension == "department":
        return f"{DEPARTMENTS[key]} ({key})" if key in DEPARTMENTS else key
    if dimension == "theme":
        return key
    return str((AGES if dimension == "age" else SIZES)[int(key)][1])
