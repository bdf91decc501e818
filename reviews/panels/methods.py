"""The order under each method, beside the published one, with the places that change."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from grants.core.charts import Slope, slopes
from grants.core.templatetags.french import number
from reviews.panels.comparing import METHODS
from reviews.panels.display import titles_of

LABELS = {
    "raw": gettext_lazy("Moyenne pondérée"),
    "calibrated": gettext_lazy("Note corrigée"),
    "expected": gettext_lazy("Rang attendu"),
}


@dataclass(frozen=True)
class MethodRow:
    """Ranks under each method; `move` is places gained (+) or lost (−) when the published method
    gives way to the other one."""

    pk: str
    title: str
    ranks: tuple[str, ...]
    raw: str
    calibrated: str
    move: int

    @property
    def moved(self):
        return "" if not self.move else f"▲ {self.move}" if self.move > 0 else f"▼ {-self.move}"


@dataclass(frozen=True)
class Choice:
    key: str
    label: str
    is_on: bool
    is_published: bool


def compared(order, number_of_page, *, asked):
    """The page of one method, the chart that links it to another, and the switch between them."""
    published = order.call.method
    shown = asked if asked in METHODS else published
    places = order.page(number_of_page, shown)
    measured = bool(places) and places[0].ranks.expected is not None
    if shown == "expected" and not measured:
        shown, places = published, order.page(number_of_page, published)
    against = published if shown != published else other_than(published)
    other = shown if shown != published else against
    titles = {pk: texts for pk, *texts in titles_of(places)}
    return {
        "shown": shown,
        "choices": [
            Choice(key, str(LABELS[key]), key == shown, key == published)
            for key in METHODS
            if key != "expected" or measured
        ],
        "published_label": str(LABELS[published]),
        "other_label": str(LABELS[other]),
        "heads": [str(LABELS[key]) for key in METHODS],
        "rows": [row_of(place, titles, published, other) for place in places],
        "chart": chart_of(places, titles, shown, against),
    }


def other_than(method):
    return "calibrated" if method == "raw" else "raw"


def row_of(place, titles, published, other):
    ranks = place.ranks
    return MethodRow(
        pk=place.line.id,
        title=titles[int(place.line.id)][0],
        ranks=tuple("—" if (rank := ranks.under(m)) is None else str(rank) for m in METHODS),
        raw=number(place.line.raw, 2),
        calibrated=number(place.line.calibrated, 2),
        move=ranks.under(published) - ranks.under(other),
    )


def chart_of(places, titles, shown, against):
    items = [
        Slope(
            label=titles[int(place.line.id)][0],
            left=place.ranks.under(shown),
            right=place.ranks.under(against),
        )
        for place in places
    ]
    return slopes(
        items,
        title=_("Du rang par « %(left)s » au rang par « %(right)s »")
        % {"left": LABELS[shown], "right": LABELS[against]},
        desc=changes_of(items),
        left_head=str(LABELS[shown]),
        right_head=str(LABELS[against]),
    )


def changes_of(items):
    gaps = [abs(item.left - item.right) for item in items if item.left != item.right]
    if not gaps:
        return _("Aucun dossier de cette page ne change de rang.")
    largest = max(gaps)
    said = ngettext(
        "%(n)s dossier de cette page change de rang",
        "%(n)s dossiers de cette page changent de rang",
        len(gaps),
    ) % {"n": len(gaps)}
    return said + ngettext(
        ", d’une place au plus.", ", de %(largest)s places au plus.", largest
    ) % {"largest": largest}
