"""The page of copies of a call: those kept from its readers first."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from grants.dossiers.forms_of import definition_of
from reviews.copies.models import BlindCopy

LINES = 25
WITHHELD, SHOWN = "retenues", "montrees"


@dataclass(frozen=True)
class Row:
    copy: Any
    dossier: Any
    question: str
    why: str
    is_shown: bool


def chosen(asked):
    return asked if asked == SHOWN else WITHHELD


def copies_of(call, here):
    found = BlindCopy.objects.filter(document__dossier__call=call).ruled()
    return found.shown() if here == SHOWN else found.withheld()


def chips(call, here):
    address = reverse("copies:call", args=[call.pk])
    labels = {WITHHELD: _("Retenues"), SHOWN: _("Montrées aux experts")}
    return [
        {
            "label": label,
            "url": address if key == WITHHELD else f"{address}?etat={key}",
            "on": key == here,
            "count": copies_of(call, key).count(),
        }
        for key, label in labels.items()
    ]


def page_of(call, here, number):
    rows = copies_of(call, here).for_list().order_by("document__dossier", "document")
    page = Paginator(rows, LINES).get_page(number)
    page.object_list = [row_of(copy) for copy in page.object_list]
    return page


def row_of(copy):
    """`copy` comes from `ruled`, with its dossier and form."""
    dossier = copy.document.dossier
    question = definition_of(dossier).questions.get(copy.document.key)
    return Row(
        copy=copy,
        dossier=dossier,
        question=question.label if question else copy.document.key,
        why=told_of(copy),
        is_shown=copy.ruled if copy.ruled is not None else copy.verdict == "clear",
    )


def told_of(copy):
    """What looking at it found, with the first words and their pages."""
    if not copy.words:
        return copy.get_verdict_display()
    named = ", ".join(word_on(page, word) for page, word in copy.words[:4])
    more = "…" if len(copy.words) > 4 else ""
    return _("Son texte dit : %(words)s") % {"words": named + more}


def word_on(page, word):
    where = _("p. %(n)d") % {"n": page} if page else _("caché")
    return f"«\u202f{word}\u202f» ({where})"
