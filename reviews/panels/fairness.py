"""The agreement and fairness page: figures with what they allow to say, ready to be read."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from grants.core.charts import Estimate, dots
from grants.core.templatetags.french import number, percent
from grants.programmes.states import CallState
from reviews.experts.models import Expert
from reviews.panels.agreements import agreements_of
from reviews.panels.inputs import digest_of
from reviews.panels.outliers import LEAST_READINGS, LEVEL
from reviews.panels.success import DIMENSIONS, label_of, success_of
from reviews.panels.telling import signed, span

LINES = 25
TITLES = {
    "department": gettext_lazy("Par département"),
    "theme": gettext_lazy("Par thème"),
    "age": gettext_lazy("Par âge de l’entreprise"),
    "size": gettext_lazy("Par taille de l’entreprise"),
}


@dataclass(frozen=True)
class CriterionRow:
    name: str
    agreement: Any
    alpha: str
    interval: str
    words: str
    dot: Any


@dataclass(frozen=True)
class ReaderRow:
    """A reviewer who stands apart, and the statistic that says so."""

    name: str
    reader: Any
    because: tuple[str, ...]


@dataclass(frozen=True)
class GroupRow:
    label: str
    shown: Any
    share: str
    interval: str
    dot: Any


@dataclass(frozen=True)
class Table:
    key: str
    title: str
    rows: tuple[GroupRow, ...]


@dataclass(frozen=True)
class Fairness:
    """`chance` is how many flags chance alone would raise; `untested` have read too little."""

    criteria: tuple[CriterionRow, ...]
    icc_one: str
    icc_mean: str
    readers: tuple[ReaderRow, ...]
    page: Page
    tested: int
    untested: int
    least: int
    chance: str
    tables: tuple[Table, ...]
    basis: str


def fairness_of(call, wanted=1, *, lines=LINES):
    """`wanted` is the page of the readers who stand apart, of so many lines."""
    prefetch_related_objects([call], "criteria")
    digest = digest_of(call)
    found = agreements_of(call, digest)
    tested = [one for one in found.readers if one.p_gap is not None]
    page = Paginator([one for one in tested if one.flags], lines).get_page(wanted)
    return Fairness(
        criteria=criteria_of(call, found.criteria),
        icc_one=number(None if found.icc is None else found.icc.icc2, 2),
        icc_mean=number(None if found.icc is None else found.icc.icc2k, 2),
        readers=apart(page),
        page=page,
        tested=len(tested),
        untested=len(found.readers) - len(tested),
        least=LEAST_READINGS,
        chance=number(2 * LEVEL * len(tested), 1),
        tables=tables_of(success_of(call, digest)),
        basis=basis_of(call),
    )


def basis_of(call):
    if call.state == CallState.DECIDED:
        return _("Réussir, ici, c’est être retenu par la décision.")
    return _("Réussir, ici, c’est être dans l’enveloppe selon le classement : rien n’est décidé.")


def criteria_of(call, agreements):
    names = {criterion.pk: criterion.name for criterion in call.criteria.all()}
    drawn = dots(
        [estimate_of(names[pk], one) for pk, one in agreements],
        title="",
        bounds=(-1, 1),
    ).rows
    return tuple(
        CriterionRow(
            name=names[pk],
            agreement=one,
            alpha=number(one.alpha, 2),
            interval=between(one.low, one.high),
            words=words_of(one),
            dot=None if one.alpha is None else dot,
        )
        for (pk, one), dot in zip(agreements, drawn, strict=True)
    )


def estimate_of(name, one):
    alpha = one.alpha or 0.0
    low, high = (alpha if end is None else end for end in (one.low, one.high))
    return Estimate(name, alpha, low, high, f"{name} {number(alpha, 2)}")


def words_of(one):
    """Krippendorff's own thresholds: 0.8, and 0.667 for careful conclusions."""
    if one.alpha is None:
        return _("pas assez de notes partagées pour le mesurer")
    if one.alpha >= 0.8:
        return _("accord solide")
    if one.alpha >= 0.667:
        return _("accord suffisant pour conclure avec prudence")
    if one.low is not None and one.low <= 0:
        return _("pas d’accord établi : le hasard ferait à peu près autant")
    return _("accord faible : la moyenne de plusieurs lectures compte plus qu’une seule")


def apart(flagged):
    pks = [int(one.id) for one in flagged] or [0]  # the page costs the same if there is nobody
    names = dict(Expert.objects.filter(pk__in=pks).values_list("pk", "user__full_name"))
    return tuple(
        ReaderRow(names[int(one.id)], one, tuple(reason_of(one, flag) for flag in one.flags))
        for one in flagged
    )


def reason_of(one, flag):
    if flag == "erratic":
        return _(
            "notes irrégulières : écarts %(spread)s fois plus dispersés que l’ensemble (%(p)s)"
        ) % {
            "spread": number(one.spread, 1),
            "p": probability(one.p_spread),
        }
    said = {
        "severe": _("plus sévère que ses co-lecteurs : %(gap)s point en moyenne (%(p)s)"),
        "generous": _("plus généreux que ses co-lecteurs : %(gap)s point en moyenne (%(p)s)"),
    }[flag]
    return said % {"gap": signed(one.gap), "p": probability(one.p_gap)}


def probability(p):
    return _("p < 0,001") if p < 0.001 else f"p = {number(p, 3)}"


def tables_of(success):
    return tuple(
        Table(
            key=dimension,
            title=str(TITLES[dimension]),
            rows=tuple(group_of(dimension, one) for one in success[dimension]),
        )
        for dimension in DIMENSIONS
    )


def group_of(dimension, one):
    label = together(one.groups) if one.groups > 1 else label_of(dimension, one.label)
    share, interval = percent(one.share), span(percent(one.low), percent(one.high))
    drawn = dots(
        [Estimate(label, one.share, one.low, one.high, f"{label} {share} ({interval})")],
        title="",
        bounds=(0, 1),
    )
    return GroupRow(label, one, share, interval, drawn.rows[0])


def together(groups):
    return ngettext(
        "%(n)s groupe réuni (petits effectifs)",
        "%(n)s groupes réunis (petits effectifs)",
        groups,
    ) % {"n": groups}


def between(low, high):
    return "—" if low is None or high is None else span(signed(low), signed(high))
