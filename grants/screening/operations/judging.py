from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.core.flow import lock
from grants.dossiers.flow import FLOW
from grants.dossiers.states import TO_SCREEN, State
from grants.dossiers.story import was_being_read
from grants.screening import messages
from grants.screening import permissions as may
from grants.screening.checklist import blockers, lines_of
from grants.screening.clock import RESTART
from grants.screening.lines import items_of
from grants.screening.models import Check, CompletionRequest


@transaction.atomic
def check(dossier, key, *, outcome, actor, note="", at=None):
    """Answer one line of the checklist; the answer may change until the dossier is judged."""
    lock(dossier)
    require(may.CHECK, actor, dossier)
    if dossier.state not in TO_SCREEN:
        raise Refused(_("Ce dossier n’est plus à instruire : ses contrôles ne changent plus."))
    if key not in {item.key for item in items_of(dossier.call_id)}:
        raise Refused(_("Ce contrôle n’existe pas."))
    if outcome == Check.Outcome.NOT_MET and not note.strip():
        raise Refused(_("Dites en une phrase ce qui n’est pas conforme."))
    made, _is_new = Check.objects.update_or_create(
        dossier=dossier,
        key=key,
        defaults={
            "outcome": outcome,
            "note": note.strip(),
            "checked_by": actor,
            "checked_at": at or timezone.now(),
        },
    )
    return made


@transaction.atomic
def ask_completion(
    dossier, *, message, questions, due_at, actor, notes=None, effect=RESTART, at=None
):
    """Give the dossier back to its authors, for these questions and until this instant.

    `notes` says what is missing, question by question; `effect`, what the delay becomes.
    """
    at = at or timezone.now()
    lock(dossier)
    notes = {key: " ".join((notes or {}).get(key, "").split()) for key in questions}
    if due_at <= at:
        raise Refused(_("La date de réponse est déjà passée."))
    FLOW.take(
        "ask_completion",
        dossier,
        actor=actor,
        reason=message,
        reopened_until=due_at,
        reopened_questions=notes,
    )
    settle_requests(dossier)
    request = CompletionRequest.objects.create(
        dossier=dossier,
        message=message,
        questions=list(questions),
        notes={key: note for key, note in notes.items() if note},
        effect=effect,
        due_at=due_at,
        asked_by=actor,
        asked_at=at,
    )
    messages.completion_asked(dossier, request)
    return request


def settle_requests(dossier):
    """Earlier requests were answered by the deposit that brought the dossier back."""
    dossier.requests.filter(answered_at=None).update(answered_at=last_deposit(dossier))


def last_deposit(dossier):
    submission = dossier.submissions.order_by("-version").first()
    return submission.at if submission else dossier.submitted_at


@transaction.atomic
def resume_review(dossier, *, actor, at=None):
    """Give a dossier back to its readers as it was: the company has let its time pass."""
    lock(dossier)
    if lack := lack_of_resumption(dossier, at=at or timezone.now()):
        raise Refused(lack)
    settle_requests(dossier)
    FLOW.take("resume_review", dossier, actor=actor, reopened_until=None, reopened_questions=[])
    return dossier


def lack_of_resumption(dossier, *, at):
    """Why the reading may not go on without an answer; empty when it may."""
    if dossier.state != State.INCOMPLETE or not was_being_read(dossier):
        return _("Aucun complément n’est attendu pendant l’évaluation de ce dossier.")
    if dossier.reopened_until and at < dossier.reopened_until:
        return _("L’entreprise peut encore répondre : attendez la fin du délai donné.")
    return ""


@transaction.atomic
def admit(dossier, *, actor):
    """Declare the dossier admissible: it goes to the reviewers as it stands."""
    lock(dossier)
    require(may.CHECK, actor, dossier)
    if dossier.state == State.SUBMITTED:
        refuse_while_blocked(dossier)
    FLOW.take("admit", dossier, actor=actor)
    settle_requests(dossier)
    messages.admitted(dossier)
    return dossier


def refuse_while_blocked(dossier):
    reason = why_blocked(lines_of(dossier.checks.all(), None, items_of(dossier.call_id)))
    if reason:
        raise Refused(_("Le dossier ne peut pas être déclaré recevable.") + " " + reason)


def why_blocked(lines):
    """What forbids to admit, in words; nothing when every line is answered and none fails."""
    left = blockers(lines)
    unmet = [str(line.item.label) for line in left if line.outcome]
    unanswered = [str(line.item.label) for line in left if not line.outcome]
    told = []
    if unmet:
        told.append(_("Non conforme : %(names)s.") % {"names": ", ".join(unmet)})
    if unanswered:
        told.append(_("Sans réponse : %(names)s.") % {"names": ", ".join(unanswered)})
    return " ".join(told)


@transaction.atomic
def reject(dossier, *, reason, actor):
    """Declare the dossier inadmissible: it leaves the call, its authors learn why."""
    if not reason.strip():
        raise Refused(_("Donnez le motif : il est écrit à l’entreprise."))
    FLOW.take("reject", dossier, actor=actor, reason=reason.strip())
    messages.rejected(dossier, reason.strip())
    return dossier
