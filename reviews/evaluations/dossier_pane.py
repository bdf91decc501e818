"""The left of the desk as HTML: what was handed in never changes, so it is written once a deposit.

Put together from strings and kept in the process, like the rows of the officers’ queue.
"""

import json

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from grants.dossiers.models import Dossier
from reviews.copies.shown import ShownCopy
from reviews.evaluations.reading import sections_of
from reviews.phases.veil import hidden_names_of, is_veiled, veiled

WRITTEN = {}
MOST_WRITTEN = 100
PLACE = "\x00"  # stands for the address of the evaluation: no answer holds this character


def pane_of(evaluation):
    """The answers of the last deposit, with its files under the address of this evaluation.

    `evaluation` comes from `for_page`.
    """
    dossier = evaluation.assignment.dossier
    call = dossier.call
    key = (
        evaluation.deposit,
        call.pk,
        call.experts_read_personal,
        hidden_names_of(dossier),
        json.dumps(evaluation.copies) if is_veiled(dossier) else "",
        get_language(),
    )
    if evaluation.deposit is None or key not in WRITTEN:
        if len(WRITTEN) >= MOST_WRITTEN:
            WRITTEN.clear()
        WRITTEN[key] = as_html(sections_of(whole(dossier), copies=evaluation.copies or []))
    place = reverse("evaluations:evaluate", args=[evaluation.pk])
    return SafeString(WRITTEN[key].replace(PLACE, place))


def whole(dossier):
    found = Dossier.objects.select_related("call", "form").get(pk=dossier.pk)
    return veiled(found, hidden_names_of(dossier)) if is_veiled(dossier) else found


def as_html(sections):
    if not sections:
        return f'<p class="soft">{escape(_("Ce dossier ne contient aucune réponse."))}</p>'
    return jumps(sections) + "".join(map(chapter, sections))


def jumps(sections):
    links = "".join(
        f'<li><a href="#section-{escape(one.section.key)}">{escape(one.section.title)}</a></li>'
        for one in sections
    )
    label = escape(_("Parties du dossier"))
    return f'<nav class="jumps" aria-label="{label}"><ul>{links}</ul></nav>'


def chapter(filled):
    answers = "".join(
        f'<div class="answer"><dt>{escape(reply.question.label)}</dt><dd>{answer(reply)}</dd></div>'
        for reply in filled.replies
    )
    title = escape(filled.section.title)
    return (
        f'<section class="chapter" id="section-{escape(filled.section.key)}" data-section '
        f'tabindex="-1"><h2>{title}</h2><dl>{answers}</dl></section>'
    )


def answer(reply):
    if reply.question.kind != "file":
        return reply.html
    if not reply.files:
        told = _("Pièce non montrée : elle nommerait l’entreprise.")
        return f'<p class="soft">{escape(told)}</p>'
    return f'<ul class="files">{"".join(map(file_line, reply.files))}</ul>'


def withheld_line(file):
    return f'<li>{escape(file.name)} <span class="soft">{escape(file.why)}</span></li>'


def file_line(file):
    """The file to keep and, when a browser may show it, to look at here."""
    if isinstance(file, ShownCopy) and file.why:
        return withheld_line(file)
    address, name = f"{PLACE}pieces/{file.pk}/", escape(file.name)
    size = f'<span class="soft figures">{escape(filesizeformat(file.size))}</span>'
    line = f'<a href="{address}">{name}</a> {size}'
    if not file.can_be_shown:
        return f"<li>{line}</li>"
    kind = "image" if file.kind.startswith("image/") else "page"
    look, apart = escape(_("Aperçu")), escape(_("dans un nouvel onglet"))
    return (
        f'<li>{line} <a class="small" href="{address}apercu/" target="_blank" rel="noopener" '
        f'data-preview="{kind}" data-name="{name}">{look}<span class="visually-hidden"> {name} '
        f"({apart})</span></a></li>"
    )
