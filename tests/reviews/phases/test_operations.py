from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils import timezone

from accounts.access import Refused
from grants.programmes.states import Role
from reviews.phases.models import Phase
from reviews.phases.operations import has_drifted, move, require_right, set_up
from reviews.phases.rights import DECIDE, KEYS, SCORE
from tests.factories import make_call, make_phase, make_staff, walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return make_call(state="draft")


@pytest.fixture
def manager(call):
    return make_staff(call.programme, Role.MANAGER)


def test_independent_reading_is_scored_alone_then_discussed_then_decided(call, manager):
    set_up(call, "independent", actor=manager)

    alone, talk, committee = call.phases.all()
    assert [p.rights for p in (alone, talk, committee)] != []
    assert (alone.may_score, alone.sees_others, alone.may_decide) == (True, False, False)
    assert (talk.may_score, talk.sees_others, talk.may_discuss) == (True, True, True)
    assert (committee.may_score, committee.may_decide) == (False, True)
    assert (alone.opens_at, alone.closes_at) == (call.closes_at, call.reviews_due_at)
    assert talk.closes_at == committee.opens_at


def test_open_panel_reads_the_others_from_the_first_day_and_names_them(call, manager):
    set_up(call, "open", actor=manager)

    first = call.phases.first()
    assert (first.may_score, first.sees_others, first.names_readers) == (True, True, True)


def test_double_blind_names_no_company_before_the_committee(call, manager):
    set_up(call, "blind", actor=manager)

    assert [p.names_applicants for p in call.phases.all()] == [False, False, True]


def test_the_last_set_up_replaces_the_one_before(call, manager):
    set_up(call, "independent", actor=manager)
    set_up(call, "open", actor=manager)
    assert {p.setup for p in call.phases.all()} == {"open"}

    set_up(call, "", actor=manager)
    assert not call.phases.exists()


def test_an_unknown_set_up_is_refused_and_the_old_one_stays(call, manager):
    set_up(call, "open", actor=manager)

    with pytest.raises(Refused, match="trois façons"):
        set_up(call, "secret", actor=manager)

    assert call.phases.count() == 2


def test_a_published_call_keeps_its_phases(call, manager):
    walk(call, "open")

    with pytest.raises(Refused, match="publié"):
        set_up(call, "open", actor=manager)


def test_an_officer_sets_nothing_up(call):
    with pytest.raises(PermissionDenied):
        set_up(call, "open", actor=make_staff(call.programme))


@pytest.mark.parametrize("right", KEYS)
def test_the_database_keeps_the_rights_of_a_published_call(call, manager, right):
    set_up(call, "independent", actor=manager)
    walk(call, "open")
    phase = call.phases.get(rank=1)

    with pytest.raises(IntegrityError, match="phase_frozen"):
        Phase.objects.filter(pk=phase.pk).update(**{right: not getattr(phase, right)})


def test_the_database_adds_no_phase_to_a_published_call(call):
    walk(call, "open")
    now = timezone.now()

    with pytest.raises(IntegrityError, match="phase_frozen"):
        Phase.objects.create(
            call=call, rank=0, name="x", opens_at=now, closes_at=now + timedelta(days=1)
        )


def test_moving_an_end_moves_the_beginning_of_the_next(call, manager):
    set_up(call, "independent", actor=manager)
    walk(call, "open")
    ends = [p.closes_at for p in call.phases.all()]
    later = ends[0] + timedelta(days=2)

    move(call, [later, *ends[1:]], actor=manager)

    first, second, _third = call.phases.all()
    assert first.closes_at == second.opens_at == later


def test_a_phase_does_not_end_before_it_begins(call, manager):
    set_up(call, "independent", actor=manager)
    walk(call, "open")
    ends = [p.closes_at for p in call.phases.all()]

    with pytest.raises(Refused, match="après avoir commencé"):
        move(call, [ends[1], ends[0], ends[2]], actor=manager)

    assert [p.closes_at for p in call.phases.all()] == ends


def test_a_phase_that_is_over_stays_as_it_was(call, manager):
    set_up(call, "independent", actor=manager)
    walk(call, "open")
    ends = [p.closes_at for p in call.phases.all()]

    with pytest.raises(Refused, match="est finie"):
        move(
            call, [ends[0] + timedelta(days=1), *ends[1:]],
            actor=manager, at=ends[0] + timedelta(hours=1),
        )  # fmt: skip


def test_a_call_whose_calendar_changed_says_so(call, manager):
    set_up(call, "independent", actor=manager)
    assert not has_drifted(call, list(call.phases.all()))

    call.reviews_due_at += timedelta(days=1)

    assert has_drifted(call, list(call.phases.all()))


def test_a_right_of_a_later_phase_is_promised_with_its_day(call):
    make_phase(call, may_score=True)
    make_phase(call, since=1, until=2, may_decide=True)
    require_right(call, SCORE)

    with pytest.raises(Refused, match=r"Ce sera possible à partir du .* pendant « Phase 2"):
        require_right(call, DECIDE)


def test_without_phases_marks_and_ranking_are_free(call):
    require_right(call, SCORE)
    require_right(call, DECIDE)
