from datetime import timedelta

import pytest
from django.utils import timezone

from grants.cockpit.counting import counts_of, deposits_by_day
from tests.factories import make_call, make_dossier, make_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return make_programme()


def test_the_funnel_counts_each_dossier_at_every_step_it_passed(programme):
    call = make_call(programme)
    for state in ("draft", "submitted", "inadmissible", "in_review", "ranked", "awarded"):
        make_dossier(call=call, state=state, requested=1000)

    counts = counts_of(call)

    assert counts.begun == 6
    assert [
        (heap.count, heap.requested)
        for heap in (counts.received, counts.admitted, counts.ranked, counts.awarded)
    ] == [(5, 5000), (3, 3000), (2, 2000), (1, 1000)]


def test_a_draft_given_up_was_never_received(programme):
    call = make_call(programme)
    make_dossier(call=call, state="withdrawn", submitted_at=None, requested=7)
    make_dossier(call=call, state="withdrawn", requested=1000)

    counts = counts_of(call)

    assert counts.begun == 2
    assert (counts.received.count, counts.received.requested) == (1, 1000)
    assert [heap.requested for heap in counts.themes.values()] == [1000]


def test_drafts_stay_out_of_themes_and_departments(programme):
    call = make_call(programme)
    make_dossier(call=call, state="draft", department="09")
    make_dossier(call=call, state="submitted", department="31", requested=5000)

    counts = counts_of(call)

    assert {code: heap.requested for code, heap in counts.departments.items()} == {"31": 5000}
    assert {name: heap.count for name, heap in counts.themes.items()} == {"Énergie": 1}


def test_the_oldest_waiting_dossier_is_found_across_themes(programme):
    call = make_call(programme)
    first = timezone.now() - timedelta(days=5)
    make_dossier(call=call, state="submitted", theme=programme.themes.last())
    make_dossier(call=call, state="submitted", submitted_at=first)

    counts = counts_of(call)

    assert (counts.waiting, counts.oldest_at) == (2, first)


def test_every_day_since_the_opening_is_told(programme):
    call = make_call(programme)
    now = timezone.now()
    make_dossier(call=call, state="submitted", submitted_at=now - timedelta(days=2))
    make_dossier(call=call, state="submitted", submitted_at=now - timedelta(days=2))

    days = deposits_by_day(call, now=now)

    assert len(days) == 11
    assert [count for _day, count in days[-3:]] == [2, 0, 0]


def test_a_call_of_ten_years_draws_the_last_days_only(programme):
    now = timezone.now()
    call = make_call(programme, opens_at=now - timedelta(days=3650))
    make_dossier(call=call, state="submitted", submitted_at=now)

    assert len(deposits_by_day(call, now=now)) == 120
