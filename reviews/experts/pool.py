"""The page of the pool as light rows: two queries, whatever each expert has told of themselves."""

from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlencode

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce, JSONObject
from django.utils.translation import gettext_lazy as _

from accounts.organisations.departments import department_name
from accounts.people.naming import Plain, plain
from grants.core.prepared import prepared
from reviews.experts.background import Subtopic, Tie
from reviews.experts.languages import LANGUAGES
from reviews.experts.models import Expert, Expertise, Seat, standing_of

LINES = 25
SIGNED = Q(undertaking_signed_at__isnull=False, declined_at=None)
HELD = {"expert": OuterRef("expert")}
COLUMNS = (
    "pk", "expert", "expert__user__full_name", "expert__user__email", "expert__organisation",
    "expert__title", "expert__laboratory", "expert__languages", "expert__departments", "capacity",
    "undertaking_signed_at", "declined_at", "declined_because",
)  # fmt: skip


class PoolRow(NamedTuple):
    """A seat as the page shows it; `load` counts the readings given now."""

    pk: int
    expert: int
    full_name: str
    email: str
    organisation: str
    title: str
    laboratory: str
    languages: list[str]
    departments: list[str]
    capacity: int
    signed_at: datetime | None
    declined_at: datetime | None
    declined_because: str
    themes: list[dict]
    topics: list[str]
    ties: list[dict]
    load: int
    problem: str = ""

    @property
    def name(self) -> str:
        return self.full_name or self.email

    @property
    def standing(self) -> tuple[str, str]:
        """Its state and the words for it."""
        return standing_of(self.signed_at, self.declined_at)

    @property
    def known(self) -> list[tuple[str, str]]:
        words = {level.value: str(level.label) for level in Expertise.Level}
        return [(told["theme"], words[told["level"]]) for told in self.themes]

    @property
    def told(self) -> str:
        """Sub-topics, ties, languages, departments, in a line."""
        parts = (
            self.topics,
            [f"{Tie.Kind(tie['kind']).label} · {tie['name']}" for tie in self.ties],
            [self.laboratory] if self.laboratory else [],
            [str(LANGUAGES[code]) for code in self.languages if code in LANGUAGES],
            [department_name(code) for code in self.departments],
        )
        return " — ".join(", ".join(part) for part in parts if part)


STANDINGS = {
    "": (_("Tous"), Q()),
    "signed": (_("Engagement signé"), SIGNED),
    "invited": (_("Invités, sans réponse"), Q(undertaking_signed_at=None, declined_at=None)),
    "declined": (_("Ont décliné"), Q(declined_at__isnull=False)),
}


def pool_of(call, wanted, *, words="", standing=""):
    """The page of that number, its rows, and the totals of the pool."""
    [(size, signed, places)] = totals_of(call.pk) or [(0, 0, 0)]
    context = {"size": size, "signed": signed, "places": places}
    if words or standing:
        found = listed(narrowed(call.seats.all(), words, standing), call.pk)
        page = Paginator(found, LINES).get_page(wanted)
        return {**context, "page": page, "rows": [PoolRow(*row) for row in page.object_list]}
    page = Paginator(range(size), LINES).get_page(wanted)
    rows = [PoolRow(*row) for row in rows_of(call.pk, str(page.number))] if size else []
    return {**context, "page": page, "rows": rows}


def narrowed(seats, words, standing):
    """Those who stand like this and whose name, address or house holds each of the words."""
    seats = seats.annotate(plain_house=Plain("expert__organisation"))
    for word in map(plain, words.split()):
        named = Q(expert__user__plain_name__contains=word) | Q(plain_house__contains=word)
        seats = seats.filter(named | Q(expert__user__email__icontains=word))
    return seats.filter(STANDINGS[standing][1])


def filters_of(words, standing):
    """The search box, its chips, and what the links to other pages keep."""
    kept = {"q": words} if words else {}
    return {
        "words": words,
        "kept": ("etat", standing) if standing else None,
        "chips": [
            {"label": label, "url": "?" + urlencode({**kept, "etat": key}), "on": key == standing}
            for key, (label, _rows) in STANDINGS.items()
        ],
        "query": urlencode({**kept, "etat": standing}) + "&" if words or standing else "",
        "is_narrowed": bool(words or standing),
    }


@prepared
def totals_of(call):
    """How many seats, how many signed, and how many readings those can take in all."""
    return (
        Seat.objects.filter(call=call)
        .values("call")
        .annotate(
            size=Count("pk"),
            signed=Count("pk", filter=SIGNED),
            places=Coalesce(Sum("capacity", filter=SIGNED), 0),
        )
        .values_list("size", "signed", "places")
    )


@prepared
def rows_of(call, page):
    start = LINES * (int(page) - 1)
    return listed(Seat.objects.filter(call=call), call)[start : start + LINES]


def listed(seats, call):
    """These seats as rows, by name."""
    # The readings are counted by a feature above this one: reached from the expert.
    given = Expert.objects.filter(pk=OuterRef("expert"), tallies__call=call)
    beside = {
        "themes": ArraySubquery(
            Expertise.objects.filter(**HELD)
            .order_by("theme__rank", "theme", "pk")
            .values(json=JSONObject(theme="theme__name", level="level"))
        ),
        "topics": ArraySubquery(
            Subtopic.objects.filter(**HELD).order_by("theme", "-level", "name").values("name")
        ),
        "ties": ArraySubquery(
            Tie.objects.filter(**HELD)
            .order_by("kind", "name", "pk")
            .values(json=JSONObject(kind="kind", name="name"))
        ),
        "load": Coalesce(
            Subquery(given.values("pk").annotate(n=Sum("tallies__given")).values("n")), 0
        ),
    }
    ordered = seats.annotate(**beside).order_by("expert__user__plain_name", "pk")
    return ordered.values_list(*COLUMNS, *beside)
