"""The rows of the ranking page: texts, written once per state of the order."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from grants.core.charts import Estimate, dots
from grants.core.templatetags.french import number, percent
from grants.dossiers.models import Dossier
from reviews.experts.models import Expert
from reviews.panels.telling import span, why

PAGES_KEPT = 32


@dataclass(frozen=True)
class RankRow:
    rank: str
    pk: str
    title: str
    company: str
    raw: str
    calibrated: str
    interval: str
    expected: str
    chance: str
    zone: str
    why: str
    dot: object
    is_last_funded: bool


@dataclass(frozen=True)
class Frame:
    """What the rows of a page share."""

    top: float
    last: int | None  # rank of the last dossier the envelope reaches
    mean: float
    language: str


def frame_of(call, *, last, mean):
    return Frame(float(call.top_score), last, mean, get_language() or "")


def rows_of(places, frame, *, named):
    """`places` are those of one page; with `named`, each reason names its experts."""
    titles = titles_of(places)
    names = names_of(places) if named else ()
    return written(places, frame, titles, names)


def titles_of(places):
    """Identifier, title, company and theme: one query."""
    pks = [int(place.line.id) for place in places]
    found = Dossier.objects.filter(pk__in=pks).values_list(
        "pk", "title", "organisation__name", "theme__name"
    )
    return tuple(sorted(found))


def names_of(places):
    """Identifier and name of every expert a reason may name: one query."""
    readers = {int(r) for place in places if place.shift for r, _part in place.shift.readers}
    found = Expert.objects.filter(pk__in=readers).values_list("pk", "user__full_name")
    return tuple(sorted(found))


@lru_cache(maxsize=PAGES_KEPT)
def written(places, frame, titles, names):
    """The same places, titles and names make the same rows."""
    known = {pk: texts for pk, *texts in titles}
    drawn = dots(
        [estimate_of(place.line, known[int(place.line.id)][0]) for place in places],
        title=_("Notes corrigées et intervalles à 90 %"),
        bounds=(0, frame.top),
    ).rows
    return tuple(
        row_of(place, frame, known[int(place.line.id)], dict(names), dot)
        for place, dot in zip(places, drawn, strict=True)
    )


def row_of(place, frame, texts, names, dot):
    line = place.line
    title, company, theme = texts
    return RankRow(
        rank=str(line.rank),
        pk=line.id,
        title=title,
        company=f"{company} · {theme}" if theme else company,
        raw=number(line.raw, 2),
        calibrated=number(line.calibrated, 2),
        interval="" if line.low is None else span(number(line.low, 2), number(line.high, 2)),
        expected="" if line.expected_rank is None else number(line.expected_rank, 1),
        chance="" if line.p_funded is None else percent(line.p_funded),
        zone=line.zone or "",
        why=why(place.shift, reviews=place.reviews, mean=frame.mean, names=names),
        dot=dot,
        is_last_funded=line.rank == frame.last,
    )


def estimate_of(line, title):
    score = line.calibrated
    low = score if line.low is None else line.low
    high = score if line.high is None else line.high
    return Estimate(
        label=title,
        value=score,
        low=low,
        high=high,
        text=_("note corrigée %(score)s, entre %(low)s et %(high)s")
        % {"score": number(score, 2), "low": number(low, 2), "high": number(high, 2)},
        zone=line.zone or "",
    )
