"""The page of links of a call: what is to settle first, then what was, then what was declared."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.experts.models import Interest
from reviews.links.models import DetectedLink
from reviews.links.states import LinkState
from reviews.links.words import sentence

LINES = 25
DECLARED = "declared"


@dataclass(frozen=True)
class Line:
    expert: object
    dossier: object
    told: list[str]
    state: str
    state_label: str
    score: int | None
    url: str


def chips(call, here):
    """One chip per kind of link, with how many there are."""
    detected = DetectedLink.objects.of_call(call).order_by().values_list("state")
    counts = dict(detected.annotate(n=Count("pk")))
    counts[DECLARED] = declared(call).count()
    address = reverse("conflicts:links", args=[call.pk])
    labels = {
        LinkState.OPEN: _("À régler"),
        LinkState.CONFIRMED: _("Confirmés"),
        LinkState.LIFTED: _("Levés"),
        DECLARED: _("Déclarés"),
    }
    return [
        {
            "label": label,
            "url": address if key == LinkState.OPEN else f"{address}?etat={key}",
            "on": key == here,
            "count": counts.get(key, 0),
        }
        for key, label in labels.items()
    ]


def chosen(asked):
    return asked if asked in {*LinkState.values, DECLARED} else LinkState.OPEN.value


def page_of(call, here, number):
    rows = declared(call) if here == DECLARED else detected(call, here)
    page = Paginator(rows, LINES).get_page(number)
    page.object_list = [line(row) for row in page.object_list]
    return page


def detected(call, state):
    return DetectedLink.objects.of_call(call).filter(state=state).for_list()


def declared(call):
    """By experts themselves or signalled by officers."""
    conflicts = Interest.objects.filter(dossier__call=call).exclude(kind=Interest.Kind.NONE)
    return (
        conflicts.exclude(origin=Interest.Origin.DETECTED)
        .select_related("expert__user", "dossier__call", "dossier__organisation")
        .defer("expert__biography", "expert__user__password")
        .order_by("-declared_at", "-pk")
    )


def line(row):
    if isinstance(row, Interest):
        told = [text for text in (row.get_kind_display(), row.text, row.because) if text]
        label = row.get_origin_display()
        return Line(row.expert, row.dossier, told, "declared", label, None, "")
    told = [sentence(one) for one in row.evidence]
    url = reverse("conflicts:link", args=[row.pk])
    label = row.get_state_display()
    return Line(row.expert, row.dossier, told, row.state, label, percent_of(row.score), url)


def percent_of(share):
    return round(share * 100)
