from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.core.flow import lock
from grants.correspondence import messages
from grants.correspondence import permissions as may
from grants.correspondence.links import digest_of, new_token
from grants.correspondence.models import Message, Note, Opinion
from grants.dossiers import permissions as dossiers_may

LONGEST = 4000


@transaction.atomic
def write(dossier, text, *, actor):
    """Write to the other side; the other side is told at once, and nothing can be taken back."""
    require(may.WRITE, actor, dossier)
    message = Message.objects.create(
        dossier=dossier,
        author=actor,
        is_from_funder=not dossiers_may.applicant.allows(actor, dossier),
        text=worded(text),
    )
    messages.written(message)
    return message


@transaction.atomic
def note(dossier, text, *, actor):
    """Leave a note to the people of the programme; the company never learns of it."""
    require(may.WRITE_NOTES, actor, dossier)
    return Note.objects.create(dossier=dossier, author=actor, text=worded(text))


def worded(text):
    text = text.strip()
    if not text:
        raise Refused(_("Écrivez un message."))
    if len(text) > LONGEST:
        raise Refused(_("Un message tient en 4 000 caractères."))
    return text


@transaction.atomic
def ask_opinion(dossier, *, expert_name, email, question, expires_at, actor):
    """Send somebody outside a link to this dossier alone, until this instant."""
    require(may.ASK_OPINION, actor, dossier)
    if not dossier.submissions.exists():
        raise Refused(_("Ce dossier n’a aucune version déposée à faire lire."))
    token = new_token()
    opinion = Opinion.objects.create(
        dossier=dossier,
        expert_name=expert_name,
        email=email,
        question=question,
        digest=digest_of(token),
        expires_at=expires_at,
        asked_by=actor,
    )
    messages.opinion_asked(opinion, token)
    return opinion, token


@transaction.atomic
def revoke(opinion, *, actor):
    """Close the link at once; an opinion already given stays."""
    require(may.ASK_OPINION, actor, opinion.dossier)
    lock(opinion)
    if opinion.answered_at or opinion.revoked_at:
        raise Refused(_("Ce lien est déjà fermé."))
    opinion.revoked_at = timezone.now()
    opinion.save(update_fields=["revoked_at"])
    return opinion


def opened(token, *, at=None):
    """The opinion this link still opens, or None: unknown, late, revoked and used look alike."""
    digest = digest_of(token)
    found = Opinion.objects.select_related(
        "dossier__call__programme", "dossier__organisation", "dossier__form", "asked_by"
    ).filter(digest=digest)
    opinion = found.first() if digest else None
    return opinion if opinion and opinion.is_open(at or timezone.now()) else None


@transaction.atomic
def undertake(opinion, *, at=None):
    """The expert declares no interest and keeps the dossier to themselves; then they read it."""
    held(opinion, at)
    if opinion.undertaken_at is None:
        opinion.undertaken_at = at or timezone.now()
        opinion.save(update_fields=["undertaken_at"])
    return opinion


@transaction.atomic
def answer(opinion, text, *, at=None):
    """Give the opinion: who asked is told, and the link opens nothing any more."""
    held(opinion, at)
    if opinion.undertaken_at is None:
        raise Refused(_("Signez d’abord l’engagement."))
    opinion.answer = worded(text)
    opinion.answered_at = at or timezone.now()
    opinion.save(update_fields=["answer", "answered_at"])
    messages.opinion_answered(opinion)
    return opinion


def held(opinion, at):
    lock(opinion)
    if not opinion.is_open(at or timezone.now()):
        raise Refused(_("Ce lien n’est plus valable."))
