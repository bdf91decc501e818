from collections import namedtuple
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import timezone, translation

from grants.core import charts
from grants.core.charts import Item

NARROW = "\u202f"


def render(text, **values):
    return Template("{% load french paging %}" + text).render(Context(values))


def test_amounts_are_written_in_the_language_of_the_reader():
    assert render("{{ x|euros }}", x=Decimal("148500")) == f"148{NARROW}500{NARROW}€"
    with translation.override("en"):
        assert render("{{ x|euros }}", x=Decimal("148500")) == "€148,500"


def test_instants_are_read_in_paris_even_when_stored_in_utc():
    noon = datetime(2027, 7, 14, 10, 0, tzinfo=UTC)

    assert render("{{ x|moment }}", x=noon) == (
        f"mercredi 14\u00a0juillet 2027 à\u00a012{NARROW}h{NARROW}00"
    )
    assert render("{{ x|short_moment }}", x=noon).startswith("14\u00a0juillet")
    assert render("{{ x|hour }}", x=noon) == f"12{NARROW}h{NARROW}00"
    late = datetime(2027, 7, 14, 22, 30, tzinfo=UTC)
    assert render("{{ x|day }}", x=late) == "15\u00a0juillet 2027"


def test_plain_day_keeps_its_weekday():
    assert render("{{ x|weekday }}", x=date(2027, 1, 14)) == "jeudi 14\u00a0janvier 2027"


@pytest.mark.parametrize(
    "name", ["euros", "number", "percent", "day", "weekday", "hour", "moment", "countdown"]
)
@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_is_a_dash(name, nothing):
    assert render("{{ x|" + name + " }}", x=nothing) == "—"


def test_numbers_shares_and_counts():
    assert render("{{ x|number:1 }}", x=Decimal("1234.56")) == f"1{NARROW}234,6"
    assert render("{{ x|percent:1 }}", x=Decimal("0.425")) == f"42,5{NARROW}%"
    assert render('{{ n|counted:"dossier,dossiers" }}', n=3) == "3\u00a0dossiers"


def test_countdown_runs_from_now():
    in_three_days = timezone.now() + timedelta(days=3, minutes=5)

    assert render("{{ x|countdown }}", x=in_three_days) == "dans 3\u00a0jours"


def test_pages_around_keeps_both_ends():
    page = Paginator(range(240), 20).page(6)

    assert render("{% for n in page|pages_around %}{{ n }} {% endfor %}", page=page) == (
        "1 … 5 6 7 … 12 "
    )


CHARTS = {
    "bars": charts.bars([Item("A", 1, "1"), Item("B", 3, "3", second=0.5, note="n")], title="T"),
    "funnel": charts.funnel([Item("A", 3, "3"), Item("B", 1, "1")], title="T"),
    "map": charts.department_map({"31": 3}, title="T"),
    "progress_grid": charts.progress_grid([("Anne", [("done", "D1"), ("", "")])], title="T"),
}
WORDS = {
    "id": "c",
    "label_head": "Quoi",
    "value_head": "Combien",
    "row_head": "Qui",
    "key": (namedtuple("Key", "state label")("done", "Rendue"),),
}


@pytest.mark.parametrize("kind", CHARTS)
def test_chart_is_named_and_has_its_table_beside(kind):
    page = render_to_string(f"components/charts/{kind}.html", {"chart": CHARTS[kind], **WORDS})

    assert 'role="img"' in page
    assert '<title id="c-title">T</title>' in page
    assert "<table" in page
    assert "style=" not in page


def test_positions_keep_their_point_in_french():
    page = render_to_string("components/charts/bars.html", {"chart": CHARTS["bars"], **WORDS})

    assert 'width="33.33%"' in page


def test_gauge_says_what_is_left():
    gauge = charts.gauge([("paid", "Payé", 1, "1 €")], total=4, title="T", left_text="Reste 3 €")
    page = render_to_string("components/gauge.html", {"gauge": gauge})

    assert 'aria-label="T : Payé 1 €, Reste 3 €"' in page
