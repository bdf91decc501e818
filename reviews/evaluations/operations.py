from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.core.flow import lock, write
from grants.dossiers.states import State
from reviews.assignments import operations as assignments
from reviews.assignments.models import Assignment
from reviews.evaluations import messages
from reviews.evaluations import permissions as may
from reviews.evaluations.flow import FLOW
from reviews.evaluations.grid import Wrong, fields_of
from reviews.evaluations.models import Evaluation, Score
from reviews.evaluations.stale import StaleFlag
from reviews.evaluations.states import EvaluationState
from reviews.experts.models import Expert
from reviews.phases.operations import require_right
from reviews.phases.rights import SCORE

LONGEST_BEAT = 600  # seconds: the page tells more often


@dataclass(frozen=True)
class Saved:
    version: str
    at: datetime


@dataclass(frozen=True)
class Clash:
    """Another tab changed this field since it was shown: both texts live."""

    theirs: str
    version: str


@dataclass(frozen=True)
class Unfit:
    """Not stored; `error` tells what to type instead."""

    error: str


class Incomplete(Refused):
    """Not ready to be handed in; `lacks` maps the fields to what is missing."""

    def __init__(self, lacks):
        super().__init__(_("Cette évaluation n’est pas complète."))
        self.lacks = lacks


@transaction.atomic
def hand_out(call, *, digest, actor, at=None):
    """Apply a proposal: every reader gets empty grids and one message."""
    given = assignments.apply(call, digest=digest, actor=actor, at=at)
    open_grids(given)
    messages.assigned(given)
    return given


@transaction.atomic
def add_reader(dossier, expert, *, actor, instead=None, reason="", at=None):
    """Give one dossier to one expert by hand, in place of the reading `instead` if there is one."""
    if instead is not None:
        assignments.remove(instead, reason=reason, actor=actor)
    assignment = assignments.add(dossier, expert, actor=actor, at=at)
    open_grids([assignment])
    messages.assigned([assignment])
    return assignment


def open_grids(given):
    """An empty grid for each reading that has none."""
    known = Evaluation.objects.filter(assignment__in=given).values_list("assignment", flat=True)
    fresh = [assignment for assignment in given if assignment.pk not in set(known)]
    evaluations = Evaluation.objects.bulk_create(Evaluation(assignment=one) for one in fresh)
    criteria = {
        one.dossier.call_id: list(one.dossier.call.criteria.all())
        for one in {one.dossier.call_id: one for one in fresh}.values()
    }
    Score.objects.bulk_create(
        Score(evaluation=evaluation, criterion=criterion)
        for evaluation in evaluations
        for criterion in criteria[evaluation.assignment.dossier.call_id]
    )


@transaction.atomic
def declare(assignment, *, kind, actor, text=""):
    """A reviewer says what links them to a dossier: no link opens it, a link closes it for good."""
    interest = assignments.declare_interest(
        assignment.expert, assignment.dossier, kind=kind, text=text, actor=actor
    )
    if not interest.is_conflict:
        open_grids([assignment])
    return interest


@transaction.atomic
def save_field(evaluation, name, text, *, version, actor, at=None):
    """Store one field unless another tab changed it since `version`."""
    return keep(evaluation, {name: text}, {name: version}, actor=actor, at=at)[name]


@transaction.atomic
def keep(evaluation, texts, versions, *, actor, at=None):
    """Store what fits, tell the rest apart; nothing typed elsewhere is overwritten unseen."""
    hold_for_writing(evaluation, actor)
    at = at or timezone.now()
    fields = fields_of(evaluation)
    return {
        name: settle(evaluation, fields.get(name), text, versions.get(name, ""), at)
        for name, text in texts.items()
    }


def hold_for_writing(evaluation, actor):
    """Lock a draft its author may still write, asking the database as it is now; or say why not."""
    hold(evaluation)
    mine = Evaluation.objects.filter(pk=evaluation.pk)
    if mine.filter(may.SCORE.rows(actor)).exists():
        return
    if not mine.filter(may.WRITE.rows(actor)).exists():
        raise PermissionDenied
    if evaluation.state != EvaluationState.DRAFT:
        raise Refused(_("Cette évaluation est remise : elle ne change plus."))
    if evaluation.assignment.dossier.state == State.IN_REVIEW:
        require_right(evaluation.assignment.dossier.call, SCORE)
    raise Refused(_("L’évaluation de ce dossier est close : rien n’est plus modifié."))


def hold(evaluation):
    """Lock the row; its assignment stays at hand because it never becomes another."""
    assignment = evaluation.assignment
    lock(evaluation)
    evaluation.assignment = assignment


def settle(evaluation, field, text, version, at):
    if field is None:
        return Unfit(_("Ce champ n’existe pas dans cette grille."))
    try:
        value = field.read(text)
    except Wrong as wrong:
        return Unfit(str(wrong))
    if value == field.value:
        return Saved(field.version, at)
    if version != field.version and field.text:
        return Clash(field.text, field.version)
    write(field.row, **{field.column: value, "version": field.row.version + 1})
    if field.row is not evaluation:
        write(evaluation, saved_at=at)
    else:
        evaluation.saved_at = at
        evaluation.save(update_fields=["saved_at"])
    return Saved(field.version, at)


def count_time(evaluation, seconds, *, actor):
    """Add the time a page was in front of its author; only a draft counts, and no beat is long."""
    mine = Evaluation.objects.filter(may.SCORE.rows(actor), pk=evaluation.pk)
    mine.update(reading_seconds=F("reading_seconds") + min(max(seconds, 0), LONGEST_BEAT))


@transaction.atomic
def submit(evaluation, *, actor, at=None):
    """Hand the evaluation in. From here on it counts, and only an officer can reopen it."""
    hold(evaluation)
    require(may.WRITE, actor, evaluation)
    if evaluation.state == EvaluationState.SUBMITTED:
        return evaluation
    hold_for_writing(evaluation, actor)
    if StaleFlag.objects.on(evaluation).exists():
        raise Refused(
            _(
                "Ce dossier a été complété : relisez d’abord les notes qui portent "
                "sur ce complément."
            )
        )
    lacks = {name: field.lack for name, field in fields_of(evaluation).items() if field.lack}
    if lacks:
        raise Incomplete(lacks)
    FLOW.take("submit", evaluation, actor=actor, submitted_at=at or timezone.now())
    return evaluation


@transaction.atomic
def reopen(evaluation, *, reason, actor):
    """Give a handed-in evaluation back to its author; it stops counting until handed in again."""
    lock(evaluation)
    require(may.REOPEN, actor, evaluation)
    if evaluation.assignment.dossier.state != State.IN_REVIEW:
        raise Refused(_("Le classement est arrêté : cette évaluation ne change plus."))
    FLOW.take("reopen", evaluation, actor=actor, reason=reason, submitted_at=None)
    messages.reopened(evaluation, reason)
    return evaluation


# When a reminder is due, from the one nearest to the end: (kind, from how long before the day).
REMINDERS = [
    (messages.LATE, timedelta(0)),
    (messages.DAY, timedelta(days=1)),
    (messages.WEEK, timedelta(days=7)),
]


def reminder_due(due_at, *, now):
    """The reminder that belongs to this moment, with the moment it began to be due."""
    for kind, before in REMINDERS:
        if now >= due_at - before:
            return kind, due_at - before
    return None


@transaction.atomic
def remind(expert, due_at, *, now):
    """Remind one reviewer of what is due that day; run twice, it finds who was told."""
    lock(expert)
    found = reminder_due(due_at, now=now)
    if found is None or messages.was_reminded(expert, found[0], due_at):
        return []
    kind, since = found
    # Somebody who was given the dossier within the week has just been told the date.
    waiting = list(awaited(now=now).filter(expert=expert, due_at=due_at, assigned_at__lte=since))
    if waiting:
        messages.reminded(expert, kind, due_at, waiting)
    return waiting


def awaited(*, now):
    """Readings not handed in, of dossiers still in review, by people who may still sign in."""
    return (
        Assignment.objects.active()
        .filter(dossier__state=State.IN_REVIEW, expert__user__is_active=True)
        .exclude(evaluation__state=EvaluationState.SUBMITTED)
        .select_related("dossier__call", "expert__user")
        .order_by("dossier__number", "pk")
    )


def to_remind(*, now):
    """Reviewers and the days something of theirs is due, near or past."""
    near = awaited(now=now).filter(due_at__lte=now + REMINDERS[-1][1])
    pairs = near.order_by("expert", "due_at").values_list("expert", "due_at").distinct()
    experts = Expert.objects.select_related("user").in_bulk({expert for expert, _due in pairs})
    return [(experts[expert], due_at) for expert, due_at in pairs]
