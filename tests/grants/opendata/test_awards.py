from datetime import date
from decimal import Decimal

import pytest

from grants.opendata import awards
from grants.opendata.results import AMOUNTS, results_of
from tests.factories import (
    make_call,
    make_dossier,
    make_envelope,
    make_organisation,
    make_programme,
)
from tests.grants.opendata.announced import make_award, make_decided

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return make_programme(goal_from=50, goal_to=100, goal_year=2028, goal_text="entreprises")


@pytest.mark.parametrize("state", ["preparing", "to_check", "checked"])
def test_an_award_is_public_only_once_announced(programme, state):
    make_award(programme=programme, state=state)
    announced = make_award(programme=programme)

    assert list(awards.awards_of(programme)) == [announced]


def test_reserve_and_refusals_are_never_public(programme):
    call = make_call(programme, state="decided")
    dossiers = [make_dossier(call=call, state=s) for s in ("awarded", "reserve", "refused")]
    outcomes = [(dossiers[0], "award", 1), (dossiers[1], "reserve", 0), (dossiers[2], "refuse", 0)]
    make_decided(call, outcomes)

    assert [award.dossier for award in awards.awards_of(programme)] == [dossiers[0]]


def test_results_add_up_count_amount_and_places(programme):
    make_award(50_000, programme=programme, department="31")
    make_award(30_000, programme=programme, department="31")
    make_award(20_000, programme=programme, department="09")
    make_award(99_000)  # another programme's

    results = results_of(programme)

    assert (results.count, results.amount, results.places) == (3, Decimal(100_000), 2)
    assert [(d.code, d.count, d.amount) for d in results.departments] == [
        ("31", 2, Decimal(80_000)),
        ("09", 1, Decimal(20_000)),
    ]


def test_a_company_helped_twice_in_a_year_counts_once(programme):
    company = make_organisation()
    make_award(programme=programme, organisation=company, deliberated_on=date(2025, 3, 1))
    make_award(programme=programme, organisation=company, deliberated_on=date(2025, 11, 1))
    make_award(programme=programme, organisation=company, deliberated_on=date(2026, 2, 1))

    years = awards.years(programme.pk)

    assert [(y.year, y.companies, y.count) for y in years] == [(2025, 1, 2), (2026, 1, 1)]
    assert awards.companies_of(programme.pk) == 1


def test_years_are_drawn_against_the_goal(programme):
    make_award(programme=programme)

    assert [row.width for row in results_of(programme).years.rows] == ["1.00%"]


def test_the_map_counts_or_sums_thousands(programme):
    make_award(150_400, programme=programme, department="34")

    def shown(measure):
        drawn = results_of(programme, measure=measure).map
        return {area.code: area.text for area in drawn.areas if area.text != "0"}

    assert (shown(""), shown(AMOUNTS)) == ({"34": "1"}, {"34": "150"})


def test_a_dossier_without_department_is_counted_apart(programme):
    make_award(programme=programme, department="")

    (place,) = results_of(programme).departments

    assert (place.code, place.name) == ("", "Département non précisé")


def test_no_award_no_results(programme):
    make_envelope(programme)

    assert results_of(programme) is None


def test_envelopes_of_a_year_are_added_and_empty_ones_left_out(programme):
    make_envelope(programme, year=2026, name="A", endowed=100)
    make_envelope(programme, year=2026, name="B", endowed=50)
    make_envelope(programme, year=2027, name="C", endowed=0)

    found = [(row["year"], row["voted"]) for row in awards.envelopes_by_year(programme.pk)]

    assert found == [(2026, Decimal(150))]


def test_filters_offer_only_what_has_been_awarded(programme):
    make_award(programme=programme, deliberated_on=date(2025, 3, 1))
    make_award(programme=programme, state="checked", deliberated_on=date(2024, 3, 1))

    known = awards.known_filters()

    assert known["year"] == [(2025, "2025")]
    assert known["theme"] == [("Énergie", "Énergie")]
    assert known["programme"] == [(programme.slug, programme.name)]
