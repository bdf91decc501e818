"""The columns of the queue: what a page shows, what a file holds, what each one sorts by.

Rows are dicts (`listing.FIELDS`): a page of fifty pays for no model it does not show.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.core.templatetags.french import countdown, day, euros
from grants.dossiers.numbering import reference_of
from grants.dossiers.states import State

Row = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """`show` is HTML, escaped where it repeats what people typed; `value` is what a file holds.

    Strings put together here cost a third of a template: fifty rows are most of the page.
    """

    key: str
    label: str | Promise
    value: Callable[[Row], Any]
    show: Callable[[Row, Any], str]
    sort: tuple[str, ...] = ()
    is_number: bool = False

    @property
    def opening(self) -> str:
        number = ' class="is-number"' if self.is_number else ""
        return f'<td data-label="{escape(self.label)}"{number}>'


def reference(row: Row) -> str:
    return reference_of(row["code"], row["number"])


def title_cell(row: Row, place: str) -> str:
    """The link to the dossier, its number, its tags: the heading of the row."""
    number = escape(reference(row))
    tags = "".join(f' <span class="tag">{escape(tag)}</span>' for tag in row["tags"])
    return (
        f'<th scope="row"><a href="{place}{row["pk"]}/">{escape(row["title"]) or number}</a><br>'
        f'<span class="soft small">{number}</span>{tags}</th>'
    )


def select_cell(row: Row) -> str:
    label = escape(_("Choisir %(reference)s") % {"reference": reference(row)})
    return (
        '<td class="is-select"><input class="form-check-input" type="checkbox" name="dossier" '
        f'value="{row["pk"]}" aria-label="{label}"></td>'
    )


def plain(key: str) -> Callable[[Row, Any], str]:
    return lambda row, at: escape(row[key] or "—")


def two_lines(first: str, second: str) -> str:
    return f'<span>{first}<br><span class="soft small">{second}</span></span>'


def company(row: Row, at) -> str:
    place = f"{row['city']} ({row['department']})" if row["department"] else row["city"]
    return two_lines(escape(row["company"]), escape(place))


def filed(row: Row, at) -> str:
    return two_lines(day(row["submitted_at"]), countdown(row["submitted_at"]))


def badge(state: str, label: str) -> str:
    return f'<span class="state" data-state="{state}">{escape(label)}</span>'


def state(row: Row, at) -> str:
    shown = badge(row["state"], State(row["state"]).label)
    until = row["reopened_until"]
    if row["state"] != State.INCOMPLETE or until is None:
        return shown
    if until < at:
        late = badge("late", _("En retard"))
    else:
        told = escape(_("avant le %(until)s") % {"until": day(until)})
        late = f'<span class="soft small">{told}</span>'
    return f"<span>{shown}<br>{late}</span>"


def checks(row: Row, at) -> str:
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
           lambda r, at: euros(r["requested"]), ("requested", "pk"), is_number=True),
    Column("assiette", gettext_lazy("Assiette"), lambda r: r["base"],
           lambda r, at: euros(r["base"]), ("eligible_base", "pk"), is_number=True),
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


def chosen(keys) -> list[Column]:
    """The columns of these keys; what no longer exists is left out, nothing means the usual."""
    return [BY_KEY[key] for key in keys if key in BY_KEY] or [BY_KEY[key] for key in USUAL]


def cells(row: Row, columns, openings, *, place, at, may_choose) -> SafeString:
    """One row of the page as HTML; `place` is the address dossiers stand under."""
    parts = [*([select_cell(row)] if may_choose else []), title_cell(row, place)]
    for column, opening in zip(columns, openings, strict=True):
        parts += [opening, column.show(row, at), "</td>"]
    return SafeString("".join(parts))
