import logging

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.core.flow import write
from grants.dossiers import messages
from grants.dossiers import permissions as may
from grants.dossiers.content import content_of, digest_of
from grants.dossiers.facts import facts_of
from grants.dossiers.flow import FLOW
from grants.dossiers.forms_of import definition_of, filled
from grants.dossiers.holding import hold, in_time, too_late
from grants.dossiers.models import Submission
from grants.dossiers.operations.signing import lack_of_sign_off, standing_on
from grants.dossiers.records import Attempt
from grants.dossiers.states import EDITABLE, State
from grants.dossiers.story import was_being_read
from grants.dossiers.verdict_inputs import verdict_of

log = logging.getLogger(__name__)


class NotReceived(Refused):
    """A submission that came too late or not ready: refused, and remembered."""

    def __init__(self, told, kind, questions=()):
        super().__init__(told)
        self.kind = kind
        self.questions = list(questions)


def submit(dossier, *, actor, at=None, after=None):
    """Hand the dossier in as it stands, for good; only a request to complete reopens it.

    `at` is the time of reception, taken when the request arrived. `after` is the number of
    submissions its author saw: pressed twice, the second press finds the first one's receipt.
    What is refused leaves a trace of its own, once the refusal has undone everything else.
    """
    at = at or timezone.now()
    try:
        return hand_in(dossier, actor=actor, at=at, after=after)
    except NotReceived as refusal:
        remember(dossier, refusal, actor=actor, at=at)
        raise


@transaction.atomic
def hand_in(dossier, *, actor, at, after):
    hold(dossier)
    require(may.SUBMIT, actor, dossier)
    earlier = list(dossier.submissions.all())
    if earlier and (dossier.state not in EDITABLE or after not in {None, len(earlier)}):
        return earlier[-1]
    if dossier.state in EDITABLE and not in_time(dossier, at):
        raise NotReceived(too_late(dossier), Attempt.Kind.LATE)
    form = filled(dossier)
    if not form.is_ready:
        told = _("Il reste des réponses à compléter ou à corriger avant de déposer.")
        keys = [reply.question.key for _section, reply in form.problems]
        raise NotReceived(told, Attempt.Kind.INCOMPLETE, keys)
    if lack := lack_of_sign_off(dossier, form, actor):
        raise NotReceived(lack, Attempt.Kind.UNSIGNED)
    return receive(dossier, form, version=len(earlier) + 1, actor=actor, at=at)


def remember(dossier, refusal, *, actor, at):
    log.warning("%s submission: dossier %s, user %s, at %s", refusal.kind, dossier.pk, actor.pk, at)
    return Attempt.objects.create(
        dossier=dossier, at=at, by=actor, kind=refusal.kind,
        told=str(refusal)[:400], questions=refusal.questions,
    )  # fmt: skip


def receive(dossier, form, *, version, actor, at):
    verdict = verdict_of(dossier, form, on=timezone.localdate(at)).as_json()
    sign_off = standing_on(dossier, form)
    content = content_of(dossier, form, version=version, at=at, verdict=verdict, sign_off=sign_off)
    submission = Submission.objects.create(
        dossier=dossier,
        version=version,
        at=at,
        by=actor,
        content=content,
        sha256=digest_of(content),
        deadline_at=dossier.deadline,
        sign_off=sign_off,
    )
    first = dossier.state == State.DRAFT
    write(dossier, **facts_of(dossier, definition_of(dossier), content["answers"]))
    step = "complete" if not first and was_being_read(dossier) else "submit"
    FLOW.take(
        step, dossier, actor=actor, submitted_at=at if first else dossier.submitted_at,
        reopened_until=None, reopened_questions=[],
    )  # fmt: skip
    messages.submitted(dossier, submission)
    return submission
