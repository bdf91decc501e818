"""Carrying letters out of the house: sent, then marked, under a row lock."""

from datetime import timedelta

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.notifications.models import Letter

GIVE_UP_AFTER = 12
SWEEP = 500
# A letter queued by the sweep rests this long, or a slow worker would get it again and again.
QUEUED_FOR = timedelta(minutes=10)


def send(letter_id):
    """Send one letter, then mark it, holding its row: two workers never send the same one."""
    with transaction.atomic():
        letter = (
            Letter.objects.select_for_update(skip_locked=True)
            .filter(pk=letter_id, sent_at=None)
            .first()
        )
        if letter is None:
            return
        letter.attempts += 1
        try:
            message_for(letter).send()
        # SMTP errors are OSErrors; an address no server understands is a ValueError.
        except (OSError, ValueError) as error:
            postpone(letter, error)
        else:
            letter.sent_at = timezone.now()
            letter.next_attempt_at = None
            letter.last_error = ""
            if letter.is_secret:
                letter.text = letter.html = ""
        letter.save()


def postpone(letter, error):
    """Wait longer after each failure; after the last one an operator has to look."""
    letter.last_error = f"{type(error).__name__}: {error}".replace("\0", "")[:300]
    wait = timedelta(seconds=30 * 2 ** min(letter.attempts, 8))
    letter.next_attempt_at = timezone.now() + wait if letter.attempts < GIVE_UP_AFTER else None


def waiting(now=None):
    """The letters whose time has come, oldest first."""
    due = Q(next_attempt_at__lte=now or timezone.now())
    return Letter.objects.filter(due, sent_at=None).order_by("pk")


def take_waiting(now=None):
    """Take the letters to queue now; the next sweep leaves them alone for a while."""
    now = now or timezone.now()
    with transaction.atomic():
        due = waiting(now).select_for_update(skip_locked=True)
        taken = list(due.values_list("pk", flat=True)[:SWEEP])
        Letter.objects.filter(pk__in=taken).update(next_attempt_at=now + QUEUED_FOR)
    return taken


def message_for(letter):
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        to=[letter.address],
        headers={"Message-ID": f"<{letter.message_id}@eclore>", "Auto-Submitted": "auto-generated"},
    )
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    return message
