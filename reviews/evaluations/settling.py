"""Marks given on an answer that has changed since: told to their authors, then settled by them."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.core.flow import lock, write
from grants.dossiers.states import State
from grants.programmes.states import CallState
from reviews.evaluations import messages
from reviews.evaluations import permissions as may
from reviews.evaluations.grid import Field, Wrong, read_mark, read_text
from reviews.evaluations.models import Evaluation
from reviews.evaluations.stale import Ground, StaleFlag
from reviews.phases import permissions as phases_may


@transaction.atomic
def confirm(evaluation, flag_pk, *, actor, at=None):
    """Keep the mark, having read what changed."""
    flag = held(evaluation, flag_pk, actor)
    return settle(flag, StaleFlag.Outcome.CONFIRMED, actor, at)


@transaction.atomic
def revise(evaluation, flag_pk, *, mark, comment, actor, at=None):
    """Give this criterion another mark, and no other; the evaluation stays handed in."""
    flag = held(evaluation, flag_pk, actor)
    score = flag.score
    top = evaluation.assignment.dossier.call.top_score
    try:
        value, text = read_mark(mark, top=top), read_text(comment)
    except Wrong as wrong:
        raise Refused(str(wrong)) from wrong
    before = score.value
    score.value, score.comment = value, text
    fields = [Field("", score, column, top, score.criterion) for column in ("value", "comment")]
    if lacks := [field.lack for field in fields if field.lack]:
        raise Refused(lacks[0])
    write(score, value=value, comment=text, version=score.version + 1)
    return settle(flag, StaleFlag.Outcome.REVISED, actor, at, value_before=before)


def held(evaluation, flag_pk, actor):
    """The flag, locked with its evaluation, if its author may still answer it."""
    lock(Evaluation.objects.get(pk=evaluation.pk))
    require(may.WRITE, actor, evaluation)
    if evaluation.assignment.dossier.state != State.IN_REVIEW:
        raise Refused(_("L’évaluation de ce dossier est close : rien n’est plus modifié."))
    open_flags = StaleFlag.objects.on(evaluation).select_for_update(of=["self"])
    flag = open_flags.filter(pk=flag_pk).first()
    if flag is None:
        raise Refused(_("Cette note est déjà confirmée ou revue."))
    return flag


def settle(flag, outcome, actor, at, **more):
    write(flag, outcome=outcome, settled_by=actor, settled_at=at or timezone.now(), **more)
    return flag


@transaction.atomic
def tell_authors():
    """One message per evaluation for the flags nobody was told of; run twice, it finds none."""
    untold = StaleFlag.objects.open().filter(
        told_at=None, score__evaluation__assignment__state="active"
    )
    flags = list(
        untold.select_for_update(of=["self"]).select_related(
            "score__criterion", "score__evaluation__assignment__dossier",
            "score__evaluation__assignment__expert__user",
        ).order_by("pk")
    )  # fmt: skip
    by_evaluation = {}
    for flag in flags:
        by_evaluation.setdefault(flag.score.evaluation, []).append(flag)
    for evaluation, raised in by_evaluation.items():
        messages.made_stale(evaluation, raised)
    StaleFlag.objects.filter(pk__in=[flag.pk for flag in flags]).update(told_at=timezone.now())
    return flags


@transaction.atomic
def set_grounds(call, chosen, *, actor):
    """Say which questions each criterion is judged on: `chosen` maps a criterion to their keys.

    It counts for deposits to come; marks already to be read again stay so.
    """
    lock(call)
    require(phases_may.manager, actor, call)
    if call.state not in {CallState.DRAFT, CallState.OPEN, CallState.REVIEWING}:
        raise Refused(_("Le classement est arrêté : ces liens ne servent plus."))
    Ground.objects.filter(criterion__call=call).delete()
    Ground.objects.bulk_create(
        Ground(criterion=criterion, key=key)
        for criterion in call.criteria.all()
        for key in sorted(set(chosen.get(criterion.pk, ())))
    )
    return call
