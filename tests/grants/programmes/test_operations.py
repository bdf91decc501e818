from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.access import Refused
from grants.programmes import operations
from grants.programmes.models import Call
from grants.programmes.starter import STANDARD_CRITERIA
from grants.programmes.states import CallState, Role
from tests.factories import make_call, make_programme, make_staff
from tests.tables import read_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return make_programme()


@pytest.fixture
def manager(programme):
    return make_staff(programme, Role.MANAGER)


@pytest.fixture
def draft(programme):
    return make_call(programme, state=CallState.DRAFT)


def dates(**overrides):
    now = timezone.now()
    return {
        "opens_at": now + timedelta(days=1),
        "closes_at": now + timedelta(days=30),
        "reviews_due_at": now + timedelta(days=60),
        "committee_on": (now + timedelta(days=70)).date(),
        "decision_on": (now + timedelta(days=90)).date(),
        "reserve_until": (now + timedelta(days=300)).date(),
        **overrides,
    }


def row(**overrides):
    return {
        "key": "",
        "name": "Impact",
        "guidance": "…",
        "weight": 100,
        "anchors": ["0", "1", "2", "3", "4", "5"],
        **overrides,
    }


def test_a_first_call_takes_the_standard_criteria(programme, manager):
    call = operations.create_call(
        programme, actor=manager, code="AP27", title="Appel", year=2027, **dates()
    )

    found = list(call.criteria.values("key", "heading", "name", "guidance", "weight", "anchors"))
    assert found == [{"heading": "", **criterion} for criterion in STANDARD_CRITERIA]
    assert call.state == CallState.DRAFT


def test_a_next_call_copies_the_criteria_of_the_last(programme, manager, draft):
    call = operations.create_call(
        programme,
        actor=manager,
        copied_from=draft,
        code="AP27",
        title="Appel",
        year=2027,
        **dates(),
    )

    assert list(call.criteria.values_list("key", "weight", "rank")) == list(
        draft.criteria.values_list("key", "weight", "rank")
    )


def test_another_role_prepares_no_call(programme, manager):
    officer = make_staff(programme, Role.OFFICER)

    with pytest.raises(PermissionDenied):
        operations.create_call(
            programme, actor=officer, code="AP27", title="Appel", year=2027, **dates()
        )


def test_criteria_are_replaced_in_order(manager, draft):
    first = draft.criteria.first()

    operations.set_criteria(
        draft,
        [row(weight=70), row(key=first.key, name="Innovation", weight=30)],
        actor=manager,
    )

    assert list(draft.criteria.values_list("key", "rank", "weight")) == [
        ("impact", 0, 70),
        (first.key, 1, 30),
    ]


def test_a_call_in_preparation_can_be_revised(manager, draft):
    operations.revise_call(draft, actor=manager, title="Autre titre")

    assert Call.objects.get(pk=draft.pk).title == "Autre titre"


def test_a_published_call_is_not_revised(programme, manager):
    call = make_call(programme)

    with pytest.raises(PermissionDenied):
        operations.revise_call(call, actor=manager, title="Autre titre")


def test_opening_publishes_and_keeps_a_trace(manager, draft):
    operations.open_call(draft, actor=manager)

    assert draft.state == CallState.OPEN
    assert list(draft.history.values_list("step", "actor")) == [("open", manager.pk)]


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda call: call.criteria.filter(key="impact").update(weight=39), "99 au lieu de 100"),
        (lambda call: call.criteria.filter(key="impact").update(anchors=["a"]), "Impact"),
        (lambda call: call.criteria.all().delete(), "0 au lieu de 100"),
        (
            lambda call: Call.objects.filter(pk=call.pk).update(
                opens_at=timezone.now() - timedelta(days=9),
                closes_at=timezone.now() - timedelta(days=1),
            ),
            "clôture est déjà passée",
        ),
    ],
)
def test_opening_a_call_that_is_not_ready_is_refused(manager, draft, spoil, reason):
    spoil(draft)

    with pytest.raises(Refused, match=reason):
        operations.open_call(draft, actor=manager)


def test_opening_without_a_form_is_refused(programme, manager):
    call = operations.create_call(
        programme, actor=manager, code="AP27", title="Appel", year=2027, **dates()
    )

    with pytest.raises(Refused, match="formulaire"):
        operations.open_call(call, actor=manager)


def test_review_starts_after_the_deadline_only(programme, manager):
    call = make_call(programme)

    with pytest.raises(Refused, match="encore ouvert"):
        operations.start_review(call, actor=manager, at=call.closes_at - timedelta(seconds=1))
    operations.start_review(call, actor=manager, at=call.closes_at)

    assert call.state == CallState.REVIEWING


STEPS = """
step          draft  open  reviewing  ranked  decided
open          yes    -     -          -       -
start_review  -      yes   -          -       -
"""
ACTS = {
    "open": operations.open_call,
    "start_review": lambda call, actor: operations.start_review(
        call, actor=actor, at=call.closes_at
    ),
}


@pytest.mark.parametrize("state", CallState.values)
@pytest.mark.parametrize("expected", read_table(STEPS), ids=lambda row: row["step"])
def test_each_step_is_open_in_its_states_only(programme, manager, expected, state):
    call = make_call(programme, state=state)

    try:
        ACTS[expected["step"]](call, actor=manager)
        answer = "yes"
    except Refused:
        answer = "-"

    assert answer == expected[state]


FROZEN = [
    "UPDATE grants_criterion SET weight = 10 WHERE call_id = %s",
    "DELETE FROM grants_criterion WHERE call_id = %s",
    "INSERT INTO grants_criterion"
    " (call_id, key, heading, name, guidance, weight, rank, anchors, comment_required)"
    " VALUES (%s, 'x', '', 'X', 'x', 1, 9, '[]', true)",
    "UPDATE grants_criterion SET threshold = 1, comment_required = false WHERE call_id = %s",
    "UPDATE grants_criterion SET anchors = '[]' WHERE call_id = %s",
]


@pytest.mark.parametrize("statement", FROZEN)
def test_the_database_freezes_the_criteria_of_a_published_call(programme, statement):
    draft, published = make_call(programme, state=CallState.DRAFT), make_call(programme)

    with connection.cursor() as cursor:
        with pytest.raises(IntegrityError, match="criterion_frozen"), transaction.atomic():
            cursor.execute(statement, [published.pk])
        cursor.execute(statement, [draft.pk])


def test_no_criterion_moves_out_of_a_published_call_or_into_it(programme):
    draft, published = make_call(programme, state=CallState.DRAFT), make_call(programme)
    out = published.criteria.filter(key="impact")
    into = draft.criteria.filter(key="impact")

    for moved, call in ((out, draft), (into, published)):
        with pytest.raises(IntegrityError, match="criterion_frozen"), transaction.atomic():
            moved.update(call=call, key="moved", name="Déplacé")


def test_the_database_publishes_no_grid_whose_weights_do_not_make_100(draft):
    draft.criteria.filter(key="impact").update(weight="39.99")

    with pytest.raises(IntegrityError, match="call_published_weights"), transaction.atomic():
        Call.objects.filter(pk=draft.pk).update(state=CallState.OPEN)
    draft.criteria.filter(key="impact").update(weight=40)

    assert Call.objects.filter(pk=draft.pk).update(state=CallState.OPEN) == 1


def test_the_database_wants_names_of_criteria_apart_at_the_end(draft):
    first, second = draft.criteria.all()
    with transaction.atomic():
        draft.criteria.filter(pk=first.pk).update(name=second.name)
        draft.criteria.filter(pk=second.pk).update(name=first.name)
        connection.check_constraints()

    draft.criteria.update(name="Impact")
    with pytest.raises(IntegrityError, match="criterion_name_once"):
        connection.check_constraints()


@pytest.mark.parametrize(
    "column", ["max_aid", "max_rate", "threshold", "opens_at", "experts_read_personal"]
)
def test_the_database_freezes_the_rules_of_a_published_call(programme, column):
    move = {
        "max_aid": "max_aid + 1", "max_rate": "0.4", "threshold": "1",
        "opens_at": "opens_at - interval '1 day'", "experts_read_personal": "true",
    }[column]  # fmt: skip
    published = make_call(programme)

    with pytest.raises(IntegrityError, match="call_frozen"), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE grants_call SET {column} = {move} WHERE id = %s",  # noqa: S608
            [published.pk],
        )


def test_the_database_refuses_to_go_back_to_preparation(programme):
    call = make_call(programme)

    with pytest.raises(Exception, match=r"(?i)transition"):
        Call.objects.filter(pk=call.pk).update(state=CallState.DRAFT)


def test_a_programme_is_revised_with_its_themes(programme, manager):
    theme = programme.themes.first()

    operations.revise_programme(
        programme,
        actor=manager,
        theme_names={theme.pk: "Énergies"},
        new_theme="Logement",
        name="Autre nom",
    )

    programme.refresh_from_db()
    assert programme.name == "Autre nom"
    assert list(programme.themes.values_list("key", "name")) == [
        ("energie", "Énergies"),
        ("sante", "Santé"),
        ("logement", "Logement"),
    ]


def test_rules_are_revised_without_a_new_theme(programme, manager):
    before = programme.themes.count()

    operations.revise_programme(programme, actor=manager, name="Autre nom")

    assert (programme.name, programme.themes.count()) == ("Autre nom", before)


def test_two_criteria_whose_names_make_one_key_both_stay(manager, draft):
    rows = [
        {"key": "", "name": name, "guidance": "…", "weight": 50, "anchors": []}
        for name in ("Impact", "Impact !")
    ]

    operations.set_criteria(draft, rows, actor=manager)

    assert list(draft.criteria.values_list("key", "name")) == [
        ("impact", "Impact"),
        ("impact-2", "Impact !"),
    ]
