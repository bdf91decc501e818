"""The right of the desk as HTML: the grid to fill in, or to read again once handed in.

Put together from strings, like the rows of the officers’ queue: a template would triple its cost.
"""

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from grants.core.numbers import written


def grid_of(sheet, *, is_open):
    parts = [group_html(group, lines, is_open) for group, lines in sheet.groups]
    return SafeString("".join([*parts, closing(sheet, is_open)]))


def group_html(group, lines, is_open):
    criteria = "".join(criterion_html(line, is_open) for line in lines)
    if not group.heading:
        return criteria
    return (
        f'<section class="criteria-group"><div class="criterion-head"><h3>{escape(group.heading)}'
        f"</h3>{weight(group.weight)}</div>{criteria}</section>"
    )


def weight(value):
    told = escape(_("poids %(weight)s") % {"weight": written(value)})
    return f'<span class="criterion-weight">{told}</span>'


def criterion_html(line, is_open):
    criterion, pk = line.criterion, line.criterion.pk
    level = "h4" if criterion.heading else "h3"
    minimum = ""
    if criterion.threshold is not None:
        told = _("note minimale %(mark)s") % {"mark": written(criterion.threshold)}
        minimum = f" · {escape(told)}"
    floor = "" if criterion.threshold is None else f' data-minimum="{criterion.threshold}"'
    return (
        f'<section class="criterion" data-weight="{criterion.weight}"{floor} '
        f'data-name="{escape(criterion.name)}" aria-labelledby="criterion-{pk}">'
        f'<div class="criterion-head"><{level} id="criterion-{pk}">{escape(criterion.name)}'
        f'</{level}><span class="criterion-weight">'
        f"{escape(_('poids %(weight)s') % {'weight': line.share})}{minimum}</span></div>"
        f'<p class="form-text" id="guidance-{pk}">{escape(criterion.guidance)}</p>'
        f"{marking(line) if is_open else marked(line)}</section>"
    )


def marked(line):
    anchor = f' <span class="soft">{escape(line.anchor)}</span>' if line.anchor else ""
    return (
        f'<p><strong class="figures">{escape(line.mark.text or "—")} / {line.mark.field.top}'
        f'</strong>{anchor}</p><p class="answer-text">{escape(line.comment.text or "—")}</p>'
    )


def marking(line):
    pk, name = line.criterion.pk, line.mark.name
    legend = escape(_("Note du critère « %(name)s »") % {"name": line.criterion.name})
    scale = line.scale
    marks = "".join(mark_html(name, mark) for mark in scale)
    sense = "".join(f"<dt>{m.value}</dt><dd>{escape(m.anchor)}</dd>" for m in scale)
    shown = "" if line.anchor else " hidden"
    meaning = _("Le sens de chaque note")
    label = _("Pourquoi cette note") if line.criterion.comment_required else _(
        "Pourquoi cette note (facultatif)"
    )  # fmt: skip
    return (
        f'<div id="div_{name}">{slot(line.mark)}'
        f'<fieldset class="scores" aria-describedby="error-{name} guidance-{pk} anchor-{pk}">'
        f'<legend class="visually-hidden">{legend}</legend>{marks}</fieldset></div>'
        f'<p class="anchor" id="anchor-{pk}" data-anchor-text aria-live="polite"{shown}>'
        f"{escape(line.anchor)}</p>"
        f'<details class="why"><summary>{escape(meaning)}</summary>'
        f"<dl>{sense}</dl></details>{text_html(line.comment, label)}"
    )


def mark_html(name, mark):
    anchor, chosen = escape(mark.anchor), " checked" if mark.is_chosen else ""
    return (
        f'<label title="{anchor}"><input type="radio" name="{name}" value="{mark.value}" '
        f'data-anchor="{anchor}"{chosen}><span>{mark.value}</span></label>'
    )


def slot(entry):
    """Where what is wrong is told, and the version a save means to replace."""
    hidden = "" if entry.error else " hidden"
    return (
        f'<div class="invalid-feedback" id="error-{entry.name}" data-errors-of="{entry.name}"'
        f"{hidden}>{escape(entry.error)}</div>"
        f'<input type="hidden" name="version-{entry.name}" value="{entry.field.version}">'
    )


def text_html(entry, label):
    name = entry.name
    wrong, told = (" is-invalid", ' aria-invalid="true"') if entry.error else ("", "")
    return (
        f'<div class="mb-3" id="div_{name}"><label class="form-label" for="{name}">{escape(label)}'
        f"</label>{slot(entry)}"
        f'<textarea class="form-control{wrong}" id="{name}" name="{name}" rows="3" '
        f'aria-describedby="error-{name}"{told}>\n{escape(entry.text)}</textarea></div>'
    )


def closing(sheet, is_open):
    """Strengths, weaknesses and confidence, after the criteria."""
    labels = {"strengths": _("Points forts"), "weaknesses": _("Points faibles")}
    texts = [(labels[entry.name], entry) for entry in sheet.texts]
    if is_open:
        body = "".join(text_html(entry, label) for label, entry in texts) + confidence(sheet)
    else:
        body = "".join(
            f'<h4>{escape(label)}</h4><p class="answer-text">{escape(entry.text or "—")}</p>'
            for label, entry in texts
        )
        chosen = [str(label) for _value, label, is_chosen in sheet.levels if is_chosen]
        confident = _("Assurance")
        body += f"<h4>{escape(confident)}</h4><p>{escape(''.join(chosen) or '—')}</p>"
    heading = _("En résumé")
    return f'<section class="criterion"><h3>{escape(heading)}</h3>{body}</section>'


def confidence(sheet):
    levels = "".join(
        f'<div class="form-check"><input class="form-check-input" type="radio" name="confidence" '
        f'id="confidence-{value}" value="{value}"{" checked" if chosen else ""}>'
        f'<label class="form-check-label" for="confidence-{value}">{escape(label)}</label></div>'
        for value, label, chosen in sheet.levels
    )
    legend = _("Mon assurance dans ce jugement")
    return (
        f'<fieldset id="div_confidence"><legend>{escape(legend)}'
        f"</legend>{slot(sheet.confidence)}{levels}</fieldset>"
    )
