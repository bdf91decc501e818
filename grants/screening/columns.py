"""The columns of the queue: what a page shows, what a file holds, what each one sorts by.

Rows are dicts (`listing.FIELDS`): a page of fifty pays for no model it does not show.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.core.templatetags.french import countdown, day, euros
from grants.dossiers.numbering import reference_of
from grants.dossiers.states import State

Row = dict[str, Any]
MINUTE = timedelta(minutes=1)


class Words:
    """The words one page repeats, made once each: fifty rows share a few states, days, delays."""

    def __init__(self, at):
        self.at, self.zone = at, timezone.get_current_timezone()
        self.choose = escape(_("Choisir %(reference)s"))
        self.late = badge("late", _("En retard"))
        self.state = cache(lambda state: badge(state, State(state).label))
        self.amount = cache(euros)
        self._day, self._ago = cache(day), cache(lambda delay: countdown(at - delay))

    def day(self, when):
        return self._day(when.astimezone(self.zone).date())

    def ago(self, when):
        """The delay by the unit it is told in: minutes for two days, then days."""
        minutes = (self.at - when) // MINUTE
        return self._ago(MINUTE * (minutes if abs(minutes) < 2880 else minutes // 1440 * 1440))


@dataclass(frozen=True)
class Column:
    """`show` is HTML, escaped where it repeats what people typed; `value` is what a file holds.

    Strings put together here cost a third of a template: fifty rows are most of the page.
    """

    key: str
    label: str | Promise
    value: Callable[[Row], Any]
    show: Callable[[Row, Words], str]
    sort: tuple[str, ...] = ()
    is_number: bool = False

    @property
    def opening(self) -> str:
        number = ' class="is-number"' if self.is_number else ""
        return f'<td data-label="{escape(self.label)}"{number}>'


def reference(row: Row) -> str:
    return reference_of(row["code"], row["number"])


def plain(key: str) -> Callable[[Row, Words], str]:
    return lambda row, words: escape(row[key] or "—")


def two_lines(first: str, second: str) -> str:
    return f'<span>{first}<br><span class="soft small">{second}</span></span>'


def company(row: Row, words: Words) -> str:
    place = f"{row['city']} ({row['department']})" if row["department"] else row["city"]
    return two_lines(escape(row["company"]), escape(place))


def filed(row: Row, words: Words) -> str:
    return two_lines(words.day(row["submitted_at"]), words.ago(row["submitted_at"]))


def badge(state: str, label: str) -> str:
    return f'<span class="state" data-state="{state}">{escape(label)}</span>'


def state(row: Row, words: Words) -> str:
    shown, until = words.state(row["state"]), row["reopened_until"]
    if row["state"] != State.INCOMPLETE or until is None:
        return shown
    if until < words.at:
        return f"<span>{shown}<br>{words.late}</span>"
    told = escape(_("avant le %(until)s") % {"until": words.day(until)})
    return f'<span>{shown}<br><span class="soft small">{told}</span></span>'


def checks(row: Row, words: Words) -> str:
    return f"{row['answered']} / {row['lines']}"


COLUMNS = (
    Column("entreprise", gettext_lazy("Entreprise"), lambda r: r["company"], company,
           ("organisation__name", "pk")),
    Column("siret", gettext_lazy("SIRET"), lambda r: r["siret"], plain("siret")),
    Column("commune", gettext_lazy("Commune"), lambda r: r["city"], plain("city")),
    Column("dept", gettext_lazy("Département"), lambda r: r["department"], plain("department"),
           ("department", "pk")),
    Column("appel", gettext_lazy("Appel"), lambda r: r["code"], plain("code")),
    Column("theme", gettext_lazy("Thème"), lambda r: r["theme"], plain("theme"),
           ("theme__rank", "pk")),
    Column("montant", gettext_lazy("Demandé"), lambda r: r["requested"],
           lambda r, w: w.amount(r["requested"]), ("requested", "pk"), is_number=True),
    Column("assiette", gettext_lazy("Assiette"), lambda r: r["base"],
           lambda r, w: w.amount(r["base"]), ("eligible_base", "pk"), is_number=True),
    Column("depot", gettext_lazy("Déposé"), lambda r: r["submitted_at"], filed,
           ("submitted_at", "pk")),
    Column("etat", gettext_lazy("État"), lambda r: State(r["state"]).label, state,
           ("state", "pk")),
    Column("instructeur", gettext_lazy("Instructeur"), lambda r: r["officer"], plain("officer")),
    Column("controles", gettext_lazy("Contrôles"), lambda r: f"{r['answered']}/{r['lines']}",
           checks, is_number=True),
)  # fmt: skip
BY_KEY = {column.key: column for column in COLUMNS}
USUAL = ("entreprise", "theme", "montant", "depot", "etat", "instructeur", "controles")
SORTS = {"dossier": ("call_id", "number"), **{c.key: c.sort for c in COLUMNS if c.sort}}
USUAL_SORT = "depot"  # what has waited longest comes first


BESIDE = ("entreprise", "montant", "depot", "etat")  # what there is room for beside a preview


def beside(columns) -> list[Column]:
    return [column for column in columns if column.key in BESIDE] or columns[:2]


def chosen(keys) -> list[Column]:
    """The columns of these keys; what no longer exists is left out, nothing means the usual."""
    return [BY_KEY[key] for key in keys if key in BY_KEY] or [BY_KEY[key] for key in USUAL]
