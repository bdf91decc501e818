"""Filters of the queue as links: each writes its words into the search, or takes them out."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.organisations.departments import DEPARTMENTS
from grants.dossiers.states import State
from grants.screening.columns import SORTS, USUAL_SORT
from grants.screening.listing import MOST, address
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
    kept = [(view.name, view.query, view.sort) for view in views]
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
    return found


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
            "chips": [chip(query, sort, text, kind, value, None) for text, value in choices],
        }
        for label, kind, choices in named
        if choices
    ]


def of(known, kind):
    found = {key.lower(): name for told, _pk, key, name in known if told == kind}
    return [(name, key) for key, name in found.items()]


def chip(query, sort, label, kind, value, count):
    return {
        "label": label,
        "url": address(query.toggled(kind, value), sort),
        "on": query.has(kind, value),
        "count": None if count is None else (f"{MOST}+" if count > MOST else count),
    }


def heads(query, sort, columns):
    """Columns as links; pressing the current one turns it round."""
    dossier = {"key": "dossier", "label": _("Dossier"), "is_number": False}
    shown = [{"key": c.key, "label": c.label, "is_number": c.is_number} for c in columns]
    return [
        {
            **head,
            "order": {head["key"]: "ascending", f"-{head['key']}": "descending"}.get(sort, ""),
            "url": turned(query, sort, head["key"]),
        }
        for head in [dossier, *shown]
    ]


def turned(query, sort, key):
    if key not in SORTS:
        return ""
    return address(query, f"-{key}" if sort == key else key)
