"""Rows of the queue as HTML, put together from strings: a template would triple their cost."""

from django.utils.html import escape
from django.utils.safestring import SafeString

from grants.screening.columns import Words, reference


def rows_as_html(rows, columns, *, at, place, may_choose, preview="", current=None):
    """`place` is the address dossiers stand under; `preview`, that of the page with one beside it,
    up to its number: on a wide screen a row leads there first."""
    words, openings = Words(at), [column.opening for column in columns]
    lines = []
    for row in rows:
        number = escape(reference(row))
        parts = ['<tr class="is-current">' if row["pk"] == current else "<tr>"]
        if may_choose:
            parts += [ticking(row, number, words)]
        parts += [heading(row, number, place, preview, row["pk"] == current)]
        for column, opening in zip(columns, openings, strict=True):
            parts += [opening, column.show(row, words), "</td>"]
        lines += [*parts, "</tr>"]
    return SafeString("".join(lines))


def ticking(row, number, words):
    return (
        '<td class="is-select"><input class="form-check-input" type="checkbox" name="dossier" '
        f'value="{row["pk"]}" aria-label="{words.choose % {"reference": number}}"></td>'
    )


def heading(row, number, place, preview, is_current):
    """The link to the dossier, its number, its tags."""
    pk, title = row["pk"], escape(row["title"]) or number
    link = f'<a href="{place}{pk}/">{title}</a>'
    if preview:
        mark = ' aria-current="true"' if is_current else ""
        beside = f'<a class="only-wide" href="{preview}{pk}"{mark} data-row="{pk}">{title}</a>'
        link = f'{beside}<a class="only-narrow" href="{place}{pk}/">{title}</a>'
    tags = "".join(f' <span class="tag">{escape(tag)}</span>' for tag in row["tags"])
    return f'<th scope="row">{link}<br><span class="soft small">{number}</span>{tags}</th>'
