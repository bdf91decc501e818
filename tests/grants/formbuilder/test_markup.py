import pytest
from django.template import Context, Template
from django.utils.html import escape

from grants.formbuilder.definition import parse
from grants.formbuilder.filled import Reply
from grants.formbuilder.markup import text_to_read

TABLE = parse(
    {"sections": [{"key": "s", "title": "S", "questions": [
        {"key": "plan", "kind": "table", "label": "Plan & budget", "columns": [
            {"key": "what", "kind": "short_text", "label": "Poste"},
            {"key": "cost", "kind": "money", "label": "Montant", "total": True}]}]}]}
).questions["plan"]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Un mot",
        'a < b & "c"',
        "Un\nDeux",
        "Un\n\nDeux\n\n\nTrois",
        "Un\r\nDeux",
        "<b>x</b>\n\ny",
    ],
)
def test_a_text_reads_as_the_filter_of_django_writes_it(text):
    template = Template("{{ text|linebreaks }}")

    assert text_to_read(text) == template.render(Context({"text": text}))


def test_a_table_reads_with_its_headings_lines_and_totals():
    stored = [{"what": "Banc <d’essai>", "cost": "1200.50"}, {"what": "Essais", "cost": "99.50"}]

    shown = Reply(TABLE, stored).html

    assert 'aria-label="Plan &amp; budget"' in shown
    assert '<th scope="col" class="is-number">Montant</th>' in shown
    assert f"<td>{escape('Banc <d’essai>')}</td>" in shown
    assert '<tfoot><tr><td class="is-number"></td><td class="is-number">1\u202f300\u202f€' in shown


def test_nothing_answered_is_said():
    assert Reply(TABLE).html == '<p class="soft">Sans réponse</p>'
