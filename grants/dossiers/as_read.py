"""The answers of a dossier to read, as HTML put together from strings: a page shows forty."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from grants.core.addresses import address_of
from grants.formbuilder.filled import Filled, FilledSection, Reply


def answers_as_read(filled: Filled, dossier: int) -> SafeString:
    """Every section with its answers; files under the address of this dossier."""
    return SafeString("".join(section_as_read(one, dossier) for one in filled.sections))


def section_as_read(filled: FilledSection, dossier: int) -> str:
    answers = "".join(
        f"<dt>{escape(reply.question.label)}</dt><dd>{answer_as_read(reply, dossier)}</dd>"
        for reply in filled.replies
        if not reply.is_hidden
    )
    return (
        f'<section id="section-{escape(filled.section.key)}">'
        f'<h2>{escape(filled.section.title)}</h2><dl class="answers">{answers}</dl></section>'
    )


def answer_as_read(reply: Reply, dossier: int) -> str:
    if reply.question.kind != "file":
        return conditional_escape(reply.html)
    return files_as_read(reply.files, dossier)


def files_as_read(files: Iterable[Any], dossier: int) -> str:
    lines = "".join(f"<li>{file_as_read(file, dossier)}</li>" for file in files)
    if not lines:
        return f'<p class="soft">{escape(_("Aucune pièce"))}</p>'
    return f'<ul class="files">{lines}</ul>'


def file_as_read(file: Any, dossier: int) -> str:
    """What `_file.html` says of it."""
    address, name = address_of("dossiers:document", dossier, file.pk), escape(file.name)
    told = escape(filesizeformat(file.size))
    if file.version > 1:
        told += f" · {escape(_('version %(n)s') % {'n': file.version})}"
    line = f'<a href="{address}">{paperclip()}{name}</a> <span class="soft figures">{told}</span>'
    return line + preview(file, name, dossier) + scan_state(file)


def preview(file: Any, name: str, dossier: int) -> str:
    if not file.can_be_shown:
        return ""
    address = address_of("dossiers:preview", dossier, file.pk)
    return (
        f' <a class="small" href="{address}" target="_blank" rel="noopener">{escape(_("Aperçu"))}'
        f'<span class="visually-hidden"> {name} {escape(_("(nouvel onglet)"))}</span></a>'
    )


def scan_state(file: Any) -> str:
    if file.is_infected:
        return f' <span class="state" data-state="rejected">{escape(_("En quarantaine"))}</span>'
    if file.awaits_scan:
        return f' <span class="state" data-state="check">{escape(_("Analyse en attente"))}</span>'
    return ""


@cache
def paperclip() -> str:
    return render_to_string("components/icons/paperclip.html").strip()
