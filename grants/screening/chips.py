"""Filters of the queue as links: each writes its words into the search, or takes them out."""

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.organisations.departments import DEPARTMENTS
from grants.dossiers.states import State
from grants.screening.columns import COLUMNS, SORTS, USUAL_SORT
from grants.screening.listing import address
from grants.screening.query import (
    ALL,
    CALL,
    DEPARTMENT,
    LATE,
    ME,
    NOBODY,
    OFFICER,
    STATE,
    TAG,
    THEME,
    UNREAD,
    WORD_OF_STATE,
    Query,
    written,
)
from grants.screening.surroundings import COUNTED

OWN_TABS = (
    (gettext_lazy("À instruire"), Query()),
    (gettext_lazy("Les miens"), Query(((OFFICER, ME),))),
    (gettext_lazy("Sans instructeur"), Query(((OFFICER, NOBODY),))),
    (gettext_lazy("En retard"), Query(((LATE, ""),))),
    (gettext_lazy("Tous"), Query(((ALL, ""),))),
)


def tabs(query, views):
    """Usual views, then the saved ones; the current one is the one that says the same."""
    own = [(label, str(known), "") for label, known in OWN_TABS]
    kept = [(view["name"], view["query"], view["sort"]) for view in views]
    return [
        {"label": label, "url": tab_address(text, sort), "on": text == str(query)}
        for label, text, sort in [*own, *kept]
    ]


def tab_address(text, sort):
    return address(text, sort if sort.removeprefix("-") in SORTS else USUAL_SORT)


def state_chips(query, counts, sort):
    """The states with something in them, late answers last."""
    found = [
        chip(query, sort, State(state).label, STATE, WORD_OF_STATE[state], counts[state])
        for state in WORD_OF_STATE
        if counts[state]
    ]
    if counts[LATE]:
        found.append(chip(query, sort, _("En retard"), LATE, "", counts[LATE]))
    return joined(found)


def active(query, sort):
    """What narrows the list now, each to be taken off with one press."""
    return [
        {"label": written(kind, value), "url": address(query.toggled(kind, value), sort)}
        for kind, value in query.pieces
        if kind != UNREAD
    ]


def groups(query, sort, calls, known):
    """What one may narrow by, besides states."""
    named = [
        (_("Instructeur"), OFFICER, [(_("Moi"), ME), (_("Personne"), NOBODY), *of(known, OFFICER)]),
        (_("Étiquette"), TAG, of(known, TAG)),
        (_("Thème"), THEME, of(known, THEME)),
        (_("Appel"), CALL, [(call["code"], call["code"].upper()) for call in calls[:20]]),
        (_("Département"), DEPARTMENT, [(f"{c} {n}", c) for c, n in DEPARTMENTS.items()]),
    ]
    return [
        {
            "label": label,
            "chips": joined(chip(query, sort, text, kind, value, None) for text, value in choices),
        }
        for label, kind, choices in named
        if choices
    ]


def of(known, kind):
    found = {key.lower(): name for told, _pk, key, name in known if told == kind}
    return [(name, key) for key, name in found.items()]


def chip(query, sort, label, kind, value, count):
    """A link as HTML: some fifty stand on the page, and a template would cost as much as rows."""
    on = query.has(kind, value)
    mark = ' is-on" aria-current="true' if on else ""
    told = ""
    if count is not None:
        most = f"{COUNTED}+" if count > COUNTED else count
        told = f' <span class="figures">{most}</span>'
    url = escape(address(query.toggled(kind, value), sort))
    return f'<li><a class="chip{mark}" href="{url}">{escape(label)}{told}</a></li>'


def joined(chips):
    return SafeString("".join(chips))


def boxes(shown):
    """Every column as a box to tick."""
    return joined(
        f'<label><input type="checkbox" name="column" value="{column.key}"'
        f"{' checked' if column in shown else ''}> {escape(column.label)}</label>"
        for column in COLUMNS
    )


ARROWS = {"ascending": " ↑", "descending": " ↓"}


def heads(query, sort, columns):
    """Columns as links; pressing the current one turns it round."""
    known = [("dossier", _("Dossier"), False), *((c.key, c.label, c.is_number) for c in columns)]
    return joined(head(query, sort, *one) for one in known)


def head(query, sort, key, label, is_number):
    number = ' class="is-number"' if is_number else ""
    order = {key: "ascending", f"-{key}": "descending"}.get(sort, "")
    sorted_by = f' aria-sort="{order}"' if order else ""
    text = escape(label) + ARROWS.get(order, "")
    if key in SORTS:
        turned = escape(address(query, f"-{key}" if sort == key else key))
        text = f'<a href="{turned}">{text}</a>'
    return f'<th scope="col"{number}{sorted_by}>{text}</th>'
