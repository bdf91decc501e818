"""The officer's queue: which dossiers, in which order, whatever their number."""

from urllib.parse import urlencode

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from grants.dossiers.models import Dossier
from grants.dossiers.records import Attempt
from grants.dossiers.states import RECEIVED
from grants.programmes.checks import CheckLine
from grants.programmes.models import Call
from grants.screening import permissions as may
from grants.screening.checklist import ITEMS
from grants.screening.columns import SORTS, USUAL_SORT
from grants.screening.models import Check, Tagging
from grants.screening.narrowing import by_index, holding_all, narrowed


def received(user):
    """Dossiers handed in to the programmes this person serves."""
    return Dossier.objects.filter(may.SEE_CHECKS.rows(user), state__in=RECEIVED)


def calls_of(user):
    """The same scope as a short list of calls: indexes on dossiers begin with the call."""
    calls = Call.objects.followed_by(user).order_by("-opens_at", "-pk")
    return list(calls.values("pk", "code", "title", "programme_id", "programme__name"))


def found(calls, query, *, user, at):
    """Everything a search finds, the words by their indexes."""
    rows = narrowed(within(calls), query, user=user, at=at)
    return rows.filter(pk__in=by_index(rows, query.words)) if query.words else rows


def found_up_to(most, calls, query, *, user, at):
    """What a search finds, and whether it is all: past `most`, a word is too frequent to look up.

    Such a word is met soon enough by walking the list in its order, which its index ignores.
    """
    rows = narrowed(within(calls), query, user=user, at=at)
    if not query.words:
        return rows, True
    keys = list(by_index(rows, query.words)[: most + 1])
    if len(keys) > most:
        return holding_all(rows, query.words), False
    return within(calls).filter(pk__in=keys), True


def within(calls):
    return Dossier.objects.filter(call_id__in=[call["pk"] for call in calls], state__in=RECEIVED)


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


def address(query, sort=USUAL_SORT):
    return "?" + urlencode({"q": str(query), **({} if sort == USUAL_SORT else {"tri": sort})})
