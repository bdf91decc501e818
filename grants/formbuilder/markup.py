"""An answer to read as HTML, written by Python: a page shows forty of them."""

from typing import Any

from django.utils.html import conditional_escape, escape, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from grants.formbuilder.definition import Question
from grants.formbuilder.showing import table_of

NUMBER = ' class="is-number"'


def no_answer() -> SafeString:
    said = _("Sans réponse")
    return mark_safe(f'<p class="soft">{escape(said)}</p>')  # noqa: S308 - escaped


def text_to_read(text: str) -> SafeString:
    """Paragraphs where there are blank lines, as `|linebreaks` writes them."""
    if "\n" not in text and "\r" not in text:
        return mark_safe(f"<p>{escape(text)}</p>")  # noqa: S308 - escaped
    return mark_safe(linebreaks(text, autoescape=True))  # noqa: S308 - escaped


def table_to_read(question: Question, rows: Any) -> SafeString:
    return table_as_read(question, table_of(question, rows))


def table_as_read(question: Question, table: dict[str, Any]) -> SafeString:
    """The same from the texts of its cells, for who may not read all of them."""
    heads = "".join(
        f'<th scope="col"{NUMBER if column["is_number"] else ""}>{escape(column["label"])}</th>'
        for column in table["columns"]
    )
    lines = "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in table["rows"])
    sums = "".join(f"<td{NUMBER}>{escape(total)}</td>" for total in table["totals"])
    foot = f"<tfoot><tr>{sums}</tr></tfoot>" if sums else ""
    return mark_safe(  # noqa: S308 - every text is escaped above
        '<div class="table-scroll" tabindex="0" role="region"'
        f' aria-label="{escape(question.label)}">'
        f'<table class="table"><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody>{foot}</table>'
        "</div>"
    )


def cell(told: dict[str, Any]) -> str:
    return f"<td{NUMBER if told['is_number'] else ''}>{conditional_escape(told['text'])}</td>"
