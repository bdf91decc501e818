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
from grants.dossiers.states import EDITABLE, State
from grants.dossiers.verdict_inputs import verdict_of

log = logging.getLogger(__name__)


@transaction.atomic
def submit(dossier, *, actor, at=None, after=None):
    """Hand the dossier in as it stands, for good; only a request to complete reopens it.

    `at` is the time of reception, taken when the request arrived. `after` is the number of
    submissions its author saw: pressed twice, the second press finds the first one's receipt.
    """
    at = at or timezone.now()
    hold(dossier)
    require(may.SUBMIT, actor, dossier)
    earlier = list(dossier.submissions.all())
    if earlier and (dossier.state not in EDITABLE or after not in {None, len(earlier)}):
        return earlier[-1]
    if not in_time(dossier, at):
        log.warning("late submission: dossier %s, user %s, at %s", dossier.pk, actor.pk, at)
        raise Refused(too_late(dossier))
    form = filled(dossier)
    if not form.is_ready:
        log.warning("incomplete submission: dossier %s, user %s", dossier.pk, actor.pk)
        raise Refused(_("Il reste des réponses à compléter ou à corriger avant de déposer."))
    return receive(dossier, form, version=len(earlier) + 1, actor=actor, at=at)


def receive(dossier, form, *, version, actor, at):
    verdict = verdict_of(dossier, form, on=timezone.localdate(at)).as_json()
    content = content_of(dossier, form, version=version, at=at, verdict=verdict)
    submission = Submission.objects.create(
        dossier=dossier,
        version=version,
        at=at,
        by=actor,
        content=content,
        sha256=digest_of(content),
        deadline_at=dossier.deadline,
    )
    first = dossier.state == State.DRAFT
    write(dossier, **facts_of(dossier, definition_of(dossier), content["answers"]))
    FLOW.take(
        "submit", dossier, actor=actor, submitted_at=at if first else dossier.submitted_at,
        reopened_until=None, reopened_questions=[],
    )  # fmt: skip
    messages.submitted(dossier, submission)
    return submission
