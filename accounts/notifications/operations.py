"""Telling people: rows written with the fact; Celery carries them out of the house."""

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.notifications.broker import broker
from accounts.notifications.models import Letter, Notification

DELIVER = "accounts.notifications.tasks.deliver"


def notify(people, kind, *, link="", **context):
    """Write one notification and one letter per person, from `notifications/<kind>.txt`.

    The first line of the template is the subject. To be called inside the transaction of the fact.
    """
    return [notify_one(person, kind, link, context) for person in people]


def notify_one(person, kind, link, context):
    with translation.override(person.language):
        values = {**context, "person": person, "site": settings.SITE_NAME}
        subject, _blank, body = plain(f"notifications/{kind}.txt", values).partition("\n")
        notification = Notification.objects.create(
            recipient=person, kind=kind, subject=subject[:200], body=body.strip(), link=link
        )
        letter = letter_context(notification, person)
        post(
            address=person.email,
            subject=subject,
            text=plain("notifications/letter.txt", letter),
            html=render_to_string("notifications/letter.html", letter),
            notification=notification,
        )
    return notification


def plain(template, values):
    """Render a plain text: an apostrophe stays an apostrophe, nothing is escaped for HTML."""
    return get_template(template).template.render(Context(values, autoescape=False)).strip()


def post(*, address, subject, text, html="", notification=None, is_secret=False):
    """Put an e-mail in the outbox; it leaves after commit, or with the next sweep."""
    letter = Letter.objects.create(
        address=address,
        subject=" ".join(subject.split())[:250],
        text=text,
        html=html,
        notification=notification,
        is_secret=is_secret,
        next_attempt_at=timezone.now(),
    )
    transaction.on_commit(lambda: hand_over(letter.pk))
    return letter


def hand_over(letter_id):
    """Queue the delivery; without a broker the row waits for the sweep."""
    return broker.hand_over(DELIVER, letter_id)


def letter_context(notification, person):
    return {
        "notification": notification,
        "person": person,
        "url": settings.SITE_URL + notification.link if notification.link else "",
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "LANGUAGE_CODE": person.language,
    }


def withdraw(person, words):
    """Take these words out of what somebody was told: what they may no longer know of.

    A line that holds one goes; a message whose subject holds one keeps neither body nor link. A
    letter not yet sent says the same; one already sent cannot be called back.
    """
    words = [word for word in words if word]
    holds = Q()
    for word in words:
        holds |= Q(subject__contains=word) | Q(body__contains=word)
    if not words:
        return
    rows = (
        person.notifications.filter(holds).select_related("letter").select_for_update(of=["self"])
    )
    with translation.override(person.language):
        for notification in rows:
            blank_out(notification, words)
            reword_letter(notification, person)


def blank_out(notification, words):
    if any(word in notification.subject for word in words):
        notification.subject = _("Message retiré")
        notification.body = _("Ce message parlait d’un dossier qui vous est désormais fermé.")
        notification.link = ""
    else:
        kept = notification.body.splitlines()
        kept = [line for line in kept if not any(word in line for word in words)]
        notification.body = "\n".join(kept)
    notification.save(update_fields=["subject", "body", "link"])


def reword_letter(notification, person):
    letter = getattr(notification, "letter", None)
    if letter is None or letter.sent_at is not None:
        return
    told = letter_context(notification, person)
    letter.subject = notification.subject
    letter.text = plain("notifications/letter.txt", told)
    letter.html = render_to_string("notifications/letter.html", told)
    letter.save(update_fields=["subject", "text", "html"])


def mark_read(notification, *, at=None):
    """Remember when its recipient first opened it."""
    if notification.read_at is None:
        notification.read_at = at or timezone.now()
        notification.save(update_fields=["read_at"])
    return notification


def mark_all_read(person, *, at=None):
    """Nothing is new any more; returns how many were."""
    return person.notifications.unread().update(read_at=at or timezone.now())
