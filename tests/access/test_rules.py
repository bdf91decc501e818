"""Both faces of every rule agree: what it allows one by one is what its SQL selects."""

from copy import copy
from importlib import import_module
from pathlib import Path

import pgtrigger
import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone

from accounts.access import EVERYTHING, NOTHING, Rule, in_state, owns, require
from accounts.organisations.models import Organisation
from config.rights import read
from grants.appeals.models import Appeal
from grants.decisions.feedback import Feedback
from grants.decisions.models import Allocation
from grants.decisions.states import AllocationState
from grants.dossiers.models import Dossier
from grants.dossiers.states import State
from grants.funding.models import Envelope
from grants.history.models import Seal
from grants.history.operations import seal
from grants.programmes.models import Call, Duty, Programme
from grants.programmes.permissions import everybody
from grants.programmes.states import CallState, Role
from reviews.assignments.models import Assignment
from reviews.assignments.states import AssignmentState
from reviews.committees.models import Item, Member, Session
from reviews.committees.states import Part
from reviews.copies.models import BlindCopy
from reviews.evaluations.models import Evaluation
from reviews.experts.models import Expert, Seat
from reviews.links.models import DetectedLink
from reviews.links.states import LinkState
from tests.access.cast import Cast
from tests.access.scenes.evaluations import attach
from tests.factories import (
    join,
    make_allocation,
    make_appeal,
    make_assignment,
    make_call,
    make_dossier,
    make_envelope,
    make_evaluation,
    make_expert,
    make_link,
    make_organisation,
    make_phase,
    make_ranking,
)

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]
QUICK = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}

# Which objects the rules of each permissions.py are about.
SUBJECTS = {
    "accounts.organisations": {"": Organisation},
    "accounts.teams": {"": Organisation},
    "grants.history": {"": Seal},
    "grants.disclosure": {"": Dossier},
    "grants.programmes": {"": Call, "RUN_PROGRAMME": Programme, "SEE_PROGRAMME": Programme},
    "grants.formbuilder": {"": Call},
    "grants.funding": {"": Envelope},
    "grants.dossiers": {"": Dossier},
    "grants.screening": {"": Dossier},
    "grants.correspondence": {"": Dossier},
    "grants.letters": {"": Programme},
    "grants.appeals": {"": Appeal, "FILE": Dossier, "ENTER": Dossier},
    "grants.decisions": {
        "": Allocation,
        "SEE_FEEDBACK": Feedback,
        "WRITE_FEEDBACK": Feedback,
        "SEND_FEEDBACK": Feedback,
    },
    "reviews.experts": {"": Call, "SIGN": Seat, "KEEP_POOL": Seat, "DESCRIBE": Expert},
    "reviews.links": {"": DetectedLink, "LOOK": Call},
    "reviews.assignments": {"": Assignment, "FOLLOW": Call, "PLAN": Call},
    "reviews.evaluations": {"": Evaluation},
    "reviews.panels": {"": Call},
    "reviews.phases": {"": Call},
    "reviews.copies": {"": BlindCopy, "FOLLOW": Call},
    "reviews.committees": {"": Session, "LEAD_ITEM": Item, "PLAN": Call},
}


def features():
    """Every feature that has a permissions.py, found on disk: a new one cannot be forgotten."""
    files = [
        path
        for app in ("accounts", "grants", "reviews")
        for path in (ROOT / app).glob("*/permissions.py")
    ]
    return sorted(".".join(path.parent.relative_to(ROOT).parts) for path in files)


def rules_of(feature):
    module = import_module(f"{feature}.permissions")
    return {name: rule for name, rule in vars(module).items() if isinstance(rule, Rule)}


def pairs(feature):
    """Each rule of a feature with the model it is about."""
    subjects = SUBJECTS[feature]
    return {
        name: (rule, subjects.get(name, subjects[""])) for name, rule in rules_of(feature).items()
    }


@pytest.fixture(scope="module")
def people(django_db_setup, django_db_blocker):
    """Made once for all these tests, none of which changes anything; then taken back."""
    with django_db_blocker.unblock(), override_settings(**QUICK), transaction.atomic():
        yield populated()
        transaction.set_rollback(True)


def populated():
    """The whole cast, people who lost their place, and around them an object in every state."""
    cast = Cast(call_state=CallState.REVIEWING, dossier_state=State.IN_REVIEW)
    fill_calls(cast)
    fill_dossiers(cast)
    fill_reviews(cast)
    fill_allocations(cast)
    fill_committees(cast)
    seal()
    roles = [role for role in Cast.ROLES if role != "anonymous"]
    with connection.cursor() as cursor:
        # Tables filled a moment ago look empty to the planner, which then nests its loops.
        cursor.execute("ANALYZE (SKIP_LOCKED)")
    return [*(getattr(cast, role) for role in roles), *former_people(cast)]


def fill_calls(cast):
    for state in CallState:
        make_call(cast.programme, state=state)
        make_call(state=state)


def fill_dossiers(cast):
    """The applicant's company in a call of its own for each state; strangers share one."""
    elsewhere = make_call()
    for state in State:
        make_dossier(state=state, call=make_call(cast.programme), organisation=cast.organisation)
        make_dossier(state=state, call=elsewhere)


def fill_reviews(cast):
    cast.assignment  # noqa: B018 - the cast makes it on first sight
    make_evaluation(assignment=cast.assignment)
    for state in AssignmentState:
        for submitted in (False, True):
            dossier = make_dossier(state=State.IN_REVIEW, call=cast.call)
            assignment = make_assignment(dossier=dossier, expert=cast.expert)
            make_evaluation(assignment=assignment, submitted=submitted)
            Assignment.objects.filter(pk=assignment.pk).exclude(state=state).update(state=state)
    for state in LinkState:
        make_link(make_expert(cast.call), cast.dossier, state=state)
        make_link(make_expert(), make_dossier(state=State.ADMISSIBLE), state=state)
    make_evaluation(submitted=True)
    fill_phases(cast)
    for dossier in (make_dossier(call=make_call(cast.programme)), make_dossier()):
        BlindCopy.objects.create(document=attach(dossier), verdict="broken", checked_for="0" * 64)
    decided = make_dossier(state=State.AWARDED, call=cast.call)
    make_evaluation(assignment=make_assignment(dossier=decided, expert=cast.expert))


def fill_phases(cast):
    """The same reader in two more calls: one that talks now, one whose phases are over."""
    for bounds in ({}, {"since": -3, "until": -2}):
        call = make_call(cast.programme, state=CallState.REVIEWING)
        Seat.objects.create(
            call=call, expert=cast.expert, undertaking_signed_at=timezone.now(), capacity=9
        )
        make_phase(call, sees_others=True, may_discuss=True, may_score=True, **bounds)
        for submitted in (False, True):
            dossier = make_dossier(state=State.IN_REVIEW, call=call)
            with pgtrigger.ignore("reviews.Score:score_in_phase"):
                make_evaluation(
                    assignment=make_assignment(dossier=dossier, expert=cast.expert),
                    submitted=submitted,
                )


def fill_allocations(cast):
    envelope = make_envelope(cast.programme)
    for state in AllocationState:
        ranking = make_ranking(make_call(cast.programme, state="ranked"))
        make_allocation(state=state, ranking=ranking, envelope=envelope)
    make_allocation()
    for organisation in (cast.organisation, None):
        programme = cast.programme if organisation else None
        make_appeal(make_call(programme, state="ranked"), organisation=organisation)


def fill_committees(cast):
    """One session of the cast’s programme and one elsewhere, each with a dossier; a feedback."""
    for call in (cast.call, make_call(state=CallState.REVIEWING)):
        session = Session.objects.create(
            call=call, held_at=timezone.now(), place="Salle 3", quorum=1
        )
        dossier = make_dossier(call=call, state=State.IN_REVIEW)
        Item.objects.create(
            session=session, dossier=dossier, position=1, because="Rang 1", rank=1, score=3
        )
        Feedback.objects.create(dossier=dossier)
        sitting = {
            cast.manager: Part.CHAIR,
            cast.reviewer: Part.MEMBER,
            cast.officer: Part.SECRETARY,
        }
        for person, part in sitting.items():
            if call == cast.call or part == Part.CHAIR:
                Member.objects.create(session=session, user=person, part=part)


def former_people(cast):
    """Doubled and ended places: where a join would repeat rows, where a date was forgotten."""
    past = timezone.now()
    doubled, ended = make_expert(cast.call).user, make_expert().user
    for role in Role:
        Duty.objects.create(programme=cast.programme, user=doubled, role=role)
        Duty.objects.create(programme=cast.programme, user=ended, role=role, ended_at=past)
    join(doubled, cast.organisation, "reader")
    join(doubled, make_organisation(), "owner")
    gone = join(ended, cast.organisation)
    gone.left_at = past
    gone.save()
    return [doubled, ended]


def knowing(person):
    """The same person with what they hold read once, as on a page: the rows are asked anew."""
    person = copy(person)
    person.rights = read(person.pk)
    return person


def told_apart(everything, allowed):
    """The first and the last object that somebody may have, and that they may not: asked anew, as
    an act does."""
    refused = [obj for obj in everything if obj not in allowed]
    may = [obj for obj in everything if obj in allowed]
    return {*may[:1], *may[-1:], *refused[:1], *refused[-1:]}


def each_once(features):
    """Every rule of these features with its model, under the first of its names: many have
    several, and features share some."""
    found = {}
    for feature in features:
        for name, (rule, model) in pairs(feature).items():
            found.setdefault((id(rule), model), pytest.param(rule, model, id=f"{feature} {name}"))
    return list(found.values())


@pytest.mark.parametrize(("rule", "model"), each_once(SUBJECTS))
def test_rows_are_the_objects_it_allows(rule, model, people):
    everything = list(model.objects.select_related().order_by("pk"))
    found = 0
    for person in people:
        reader = knowing(person)
        allowed = [obj for obj in everything if rule.allows(reader, obj)]
        assert list(model.objects.filter(rule.rows(person)).order_by("pk")) == allowed
        for obj in told_apart(everything, set(allowed)):
            assert rule.allows(person, obj) is (obj in allowed), (person, obj)
        found += len(allowed)
    # A rule that allows nobody, or everybody, would agree with itself about nothing.
    assert found > 0
    assert found < len(people) * len(everything) or rule is everybody


@pytest.mark.parametrize("feature", sorted(set(SUBJECTS) - {"grants.programmes"}))
def test_who_lost_every_place_may_nothing(feature, people):
    gone = people[-1]
    rights = {(rule, model) for name, (rule, model) in pairs(feature).items() if name.isupper()}

    for rule, model in rights:
        own = [gone.expert] if model is Expert else []
        everything = model.objects.select_related()
        assert [obj for obj in everything if rule.allows(gone, obj)] == own


def test_visitors_see_what_is_published_and_no_more(people):
    visitor = AnonymousUser()
    for name, (rule, model) in pairs("grants.programmes").items():
        allowed = [obj for obj in model.objects.order_by("pk") if rule.allows(visitor, obj)]

        assert list(model.objects.filter(rule.rows(visitor)).order_by("pk")) == allowed, name
        assert (allowed == []) is (name not in {"everybody", "SEE_PROGRAMME", "SEE"}), name


def test_every_permissions_file_has_its_subject():
    assert features() == sorted(SUBJECTS)


def test_the_population_covers_every_state(people):
    assert set(Call.objects.values_list("state", flat=True)) == set(CallState)
    assert set(Dossier.objects.values_list("state", flat=True)) == set(State)
    assert set(Assignment.objects.values_list("state", flat=True)) == set(AssignmentState)
    assert set(Allocation.objects.values_list("state", flat=True)) == set(AllocationState)
    assert set(DetectedLink.objects.values_list("state", flat=True)) == set(LinkState)
    assert set(Evaluation.objects.values_list("state", flat=True)) == {"draft", "submitted"}


def test_nothing_and_everything_survive_an_or(people):
    count = Call.objects.count()

    assert Call.objects.filter(NOTHING | EVERYTHING).count() == count
    assert Call.objects.filter(NOTHING).count() == 0
    assert Call.objects.filter(NOTHING & EVERYTHING).count() == 0


def test_rules_combine_the_same_on_both_faces(people):
    rule = (owns("created_by") | in_state(State.DRAFT)) & in_state(State.DRAFT, State.AWARDED)
    author = Dossier.objects.filter(state=State.AWARDED).first().created_by

    rows = Dossier.objects.filter(rule.rows(author)).order_by("pk")

    assert list(rows) == [d for d in Dossier.objects.order_by("pk") if rule.allows(author, d)]
    assert {d.state for d in rows} == {State.DRAFT, State.AWARDED}


def test_require_lets_pass_or_stops():
    cast = Cast()
    rule = owns("created_by")

    require(rule, cast.dossier.created_by, cast.dossier)
    with pytest.raises(PermissionDenied):
        require(rule, cast.stranger, cast.dossier)
