"""Rows of a reviewer's home as HTML, put together from strings like those of the queue."""

from django.utils import timezone
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from grants.core.templatetags.french import short_moment
from reviews.assignments import board


def left_rows(readings, *, now):
    labels = {"company": _("Entreprise"), "theme": _("Thème"), "marks": _("Notes")}
    told = {name: escape(label) for name, label in labels.items()} | {"state": escape(_("État"))}
    return SafeString("".join(left_row(reading, told, now) for reading in readings))


def left_row(reading, told, now):
    state = reading.standing(now)
    theme = escape(reading.theme) if reading.theme else "—"
    title = conditional_escape(reading.title)
    return (
        f'<tr><th scope="row"><span><a href="{reading.url}">{title}</a><br>'
        f'<span class="soft small">{escape(reading.reference)}</span></span></th>'
        f'<td data-label="{told["company"]}">{escape(reading.organisation)}</td>'
        f'<td data-label="{told["theme"]}">{theme}</td>'
        f'<td class="is-number" data-label="{told["marks"]}">{reading.progress}</td>'
        f'<td data-label="{told["state"]}"><span class="state" data-state="{state}">'
        f"{escape(board.label_of(state))}</span></td></tr>"
    )


def finished_rows(finished):
    return SafeString("".join(map(finished_row, finished)))


def finished_row(one):
    moment = short_moment(timezone.localtime(one.submitted_at))
    when = escape(_("Remise le %(moment)s") % {"moment": moment})
    return (
        f'<li><span><a href="{one.url}">{conditional_escape(one.title)}</a> <span class="soft">'
        f"{escape(one.organisation)} · {escape(one.reference)}</span></span> "
        f'<span class="state" data-state="done">{when}</span></li>'
    )
