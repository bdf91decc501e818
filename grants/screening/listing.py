"""The officer's queue as rows, chips and columns to sort by."""

from urllib.parse import urlencode

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.dossiers.models import Dossier
from grants.dossiers.states import RECEIVED, TO_SCREEN, State
from grants.screening import permissions as may
from grants.screening.query import LATE, WORD_OF_STATE, Query

SORTS = {
    "dossier": ("call__code", "number"),
    "entreprise": ("organisation__name", "pk"),
    "theme": ("theme__rank", "pk"),
    "montant": ("requested", "pk"),
    "depot": ("submitted_at", "pk"),
    "etat": ("state", "pk"),
}
COLUMNS = (
    ("dossier", gettext_lazy("Dossier"), False),
    ("entreprise", gettext_lazy("Entreprise"), False),
    ("theme", gettext_lazy("Thème"), False),
    ("montant", gettext_lazy("Demandé"), True),
    ("depot", gettext_lazy("Déposé"), False),
    ("etat", gettext_lazy("État"), False),
)
USUAL = "depot"  # what has waited longest comes first


def received(user):
    """Dossiers handed in to the programmes this person serves."""
    return Dossier.objects.filter(may.SEE_CHECKS.rows(user), state__in=RECEIVED)


def found(user, query: Query, *, at, sort=USUAL):
    rows = narrowed(received(user), query, at)
    return rows.for_list().annotate(answered=Count("checks")).order_by(*order_of(sort))


def narrowed(rows, query, at):
    if query.waits_only:
        rows = rows.filter(state__in=TO_SCREEN)
    if query.states:
        rows = rows.filter(state__in=query.states)
    if query.is_late:
        rows = rows.filter(state=State.INCOMPLETE, reopened_until__lt=at)
    for kind, column in (("thème", "theme__key"), ("dept", "department"), ("appel", "call__code")):
        if query.values(kind):
            rows = rows.filter(**{f"{column}__in": query.values(kind)})
    for word in query.words:
        rows = rows.filter(holding(word))
    return rows


def holding(word):
    """A word of the title or the company, a SIRET, or the number of a dossier."""
    where = Q(title__icontains=word) | Q(organisation__name__icontains=word)
    where |= Q(organisation__siret__startswith=word)
    code, dash, number = word.rpartition("-")
    if dash and number.isascii() and number.isdecimal() and len(number) < 9:
        where |= Q(call__code__iexact=code, number=int(number))
    return where


def order_of(sort):
    columns = SORTS[sort.removeprefix("-")]
    if not sort.startswith("-"):
        return columns
    return [f"-{column}" for column in columns]


def sort_of(typed):
    return typed if typed.removeprefix("-") in SORTS else USUAL


def heads(query, sort):
    """Columns as links; pressing the current one turns it round."""
    return [
        {
            "label": label,
            "is_number": is_number,
            "order": order_shown(key, sort),
            "url": address(query, f"-{key}" if sort == key else key),
        }
        for key, label, is_number in COLUMNS
    ]


def order_shown(key, sort):
    return {key: "ascending", f"-{key}": "descending"}.get(sort, "")


def address(query, sort=USUAL):
    return "?" + urlencode({"q": str(query), **({} if sort == USUAL else {"tri": sort})})


def chip_rows(user, query, *, at, sort):
    """One row of chips per way of narrowing, with what there is to find."""
    rows = received(user)
    late = rows.filter(state=State.INCOMPLETE, reopened_until__lt=at).count()
    states = [
        (State(state).label, "état", WORD_OF_STATE[state], count)
        for state, count in sorted_states(rows)
    ]
    themes = rows.filter(theme__isnull=False).order_by("theme__rank", "theme__key")
    themes = themes.values_list("theme__rank", "theme__key", "theme__name").distinct()
    departments = rows.exclude(department="").order_by("department")
    departments = departments.values_list("department", flat=True).distinct()
    calls = rows.order_by("call__code").values_list("call__code", flat=True).distinct()
    groups = [
        (_("État"), [*states, *([(_("En retard"), LATE, "", late)] if late else [])]),
        (_("Thème"), [(name, "thème", key, None) for _rank, key, name in themes]),
        (_("Département"), [(code, "dept", code.lower(), None) for code in departments]),
        (_("Appel"), [(code, "appel", code, None) for code in calls]),
    ]
    return [
        {"label": label, "chips": [chip(query, sort, *one) for one in chips]}
        for label, chips in groups
        if len(chips) > 1 or query_touches(query, chips)
    ]


def query_touches(query, chips):
    return any(query.has(kind, value) for _label, kind, value, _count in chips)


def sorted_states(rows):
    counts = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    return [(state, counts[state]) for state in WORD_OF_STATE if state in counts]


def chip(query, sort, label, kind, value, count):
    return {
        "label": label,
        "url": address(query.toggled(kind, value), sort),
        "on": query.has(kind, value),
        "count": count,
    }
