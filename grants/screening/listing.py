"""The officer's queue: rows, pages, counts, whatever the number of dossiers behind them.

Counts stop at a thousand, pages at the twentieth: beyond, one narrows the search or exports it.
"""

from functools import cached_property
from urllib.parse import urlencode

from django.contrib.postgres.expressions import ArraySubquery
from django.core.cache import cache
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import CharField, Count, F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.people.models import User
from grants.dossiers.models import Dossier
from grants.dossiers.records import Attempt
from grants.dossiers.states import RECEIVED
from grants.programmes.checks import CheckLine
from grants.programmes.models import Call, Duty, Theme
from grants.programmes.states import Role
from grants.screening import permissions as may
from grants.screening.checklist import ITEMS
from grants.screening.columns import SORTS, USUAL_SORT
from grants.screening.models import Check, Tag, Tagging
from grants.screening.narrowing import narrowed
from grants.screening.query import LATE, OFFICER, TAG, THEME, WORD_OF_STATE

PER_PAGE, MOST = 50, 1000


def received(user):
    """Dossiers handed in to the programmes this person serves."""
    return Dossier.objects.filter(may.SEE_CHECKS.rows(user), state__in=RECEIVED)


def calls_of(user):
    """The same scope as a short list of calls: indexes on dossiers begin with the call."""
    calls = Call.objects.followed_by(user).order_by("-opens_at", "-pk")
    return list(calls.values("pk", "code", "title", "programme_id", "programme__name"))


def found(calls, query, *, user, at):
    rows = Dossier.objects.filter(call_id__in=[call["pk"] for call in calls], state__in=RECEIVED)
    return narrowed(rows, query, user=user, at=at)


def attempts(user, kind=""):
    """Submissions refused in the programmes this person serves, the last ones first."""
    told = Attempt.objects.filter(dossier__in=Dossier.objects.filter(may.SEE_CHECKS.rows(user)))
    rows = told.filter(kind=kind) if kind else told
    return rows.select_related("by", "dossier__call", "dossier__organisation").order_by(
        "-at", "-pk"
    )


FIELDS = {
    "code": F("call__code"),
    "company": F("organisation__name"),
    "siret": F("organisation__siret"),
    "city": F("organisation__city"),
    "theme_name": F("theme__name"),
    "base": F("eligible_base"),
    "officer": F("charge__officer__full_name"),
}


def shown(rows, sort):
    """Everything a row shows, as dicts, in one query."""
    done = Check.objects.filter(dossier=OuterRef("pk"))
    own = CheckLine.objects.filter(call=OuterRef("call_id"))
    tags = Tagging.objects.filter(dossier=OuterRef("pk")).order_by("tag__key").values("tag__name")
    return rows.order_by(*order_of(sort)).values(
        "pk", "number", "title", "state", "department", "requested", "submitted_at",
        "reopened_until", **FIELDS, lines=Coalesce(per_dossier(own, "call"), len(ITEMS)),
        answered=Coalesce(per_dossier(done, "dossier"), 0),
        tags=ArraySubquery(tags),
    )  # fmt: skip


def per_dossier(rows, by):
    """How many of these rows each dossier has; null for none."""
    counted = rows.order_by().values(by).annotate(n=Count("pk"))
    return Subquery(counted.values("n"))


def order_of(sort):
    columns = SORTS[sort.removeprefix("-")]
    if not sort.startswith("-"):
        return columns
    return [F(columns[0]).desc(nulls_last=True), *(f"-{column}" for column in columns[1:])]


def sort_of(typed):
    return typed if typed.removeprefix("-") in SORTS else USUAL_SORT


class Pages(Paginator):
    """Pages of a list counted only as far as people turn them."""

    @cached_property
    def reached(self):
        return self.object_list.order_by()[: MOST + 1].count()

    @cached_property
    def count(self):
        return min(self.reached, MOST)

    @property
    def is_cut(self):
        return self.reached > MOST


def page_of(rows, number, sort):
    """One page: its rows are read only once the number of pages is known."""
    page = Pages(rows.order_by("pk"), PER_PAGE).get_page(number)
    first = (page.number - 1) * PER_PAGE
    page.object_list = list(shown(rows, sort)[first : first + PER_PAGE])
    for row in page.object_list:
        row["theme"] = row.pop("theme_name")
    return page


# Each state is counted apart, along its index, and no further than anybody reads.
COUNTS = """
SELECT word, (SELECT count(*) FROM (
    SELECT 1 FROM grants_dossier
    WHERE call_id = ANY(%(calls)s) AND state = word LIMIT %(most)s) AS first_ones)
FROM unnest(%(states)s::varchar[]) AS word
UNION ALL
SELECT %(late)s, (SELECT count(*) FROM (
    SELECT 1 FROM grants_dossier
    WHERE call_id = ANY(%(calls)s) AND state = 'incomplete' AND reopened_until < %(at)s
    LIMIT %(most)s) AS late_ones)
"""


def counts(calls, *, at):
    """How many dossiers stand in each state, and how many are late to answer."""
    values = {
        "calls": [call["pk"] for call in calls],
        "states": [str(state) for state in WORD_OF_STATE],
        "late": LATE,
        "at": at,
        "most": MOST + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNTS.strip(), values)
        return dict(cursor.fetchall())


def words_known(calls):
    """Themes, tags and officers of these programmes: (kind, pk, key, name).

    Kept a minute: they change seldom, and a search is understood whatever this list says.
    """
    programmes = sorted({call["programme_id"] for call in calls})
    key = f"screening-words-{'-'.join(map(str, programmes))}"
    return cache.get_or_set(key, lambda: read_words(programmes), 60)


def read_words(programmes):
    """In one query."""
    serving = Duty.objects.filter(
        programme__in=programmes, ended_at=None, role__in=(Role.OFFICER, Role.MANAGER)
    )
    themes = kinds(Theme.objects.filter(programme__in=programmes), THEME, "key", "name")
    tags = kinds(Tag.objects.filter(programme__in=programmes), TAG, "key", "name")
    officers = User.objects.filter(pk__in=serving.values("user"), is_active=True)
    known = themes.union(tags, kinds(officers, OFFICER, "email", "full_name"), all=True)
    return sorted(known, key=lambda one: (one[0], one[3]))


def kinds(rows, kind, key, name):
    told = Value(kind, output_field=CharField())
    return rows.order_by().values_list(told, "pk", key, name)


def address(query, sort=USUAL_SORT):
    return "?" + urlencode({"q": str(query), **({} if sort == USUAL_SORT else {"tri": sort})})
