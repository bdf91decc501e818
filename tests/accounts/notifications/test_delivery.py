"""The outbox against a real mail server, and without one."""

import smtplib
import socket
import threading
from contextlib import contextmanager

import pytest
from aiosmtpd.controller import Controller
from celery import current_app
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone

from accounts.notifications import sending
from accounts.notifications.models import Letter, StoredMail
from accounts.notifications.operations import post
from accounts.notifications.tasks import deliver, deliver_waiting

CLOSED = 9  # discard: nothing listens there


class Mailbox:
    def __init__(self, answer="250 OK"):
        self.answer = answer
        self.received = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        self.received.append(envelope)
        return self.answer


@contextmanager
def smtp_server(settings, **options):
    mailbox = Mailbox(**options)
    controller = Controller(mailbox, hostname="127.0.0.1", port=0)
    controller.port = free_port()
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = controller.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    try:
        yield mailbox
    finally:
        controller.stop()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def make_letter(**overrides):
    values = {
        "address": "lea@exemple.fr",
        "subject": "Dossier reçu",
        "text": "Merci.",
        "next_attempt_at": timezone.now(),
        **overrides,
    }
    return Letter.objects.create(**values)


@pytest.mark.django_db
def test_delivered_twice_a_letter_is_sent_once():
    letter = make_letter()

    deliver(letter.pk)
    deliver(letter.pk)

    letter.refresh_from_db()
    assert len(mail.outbox) == 1
    assert (letter.attempts, letter.sent_at is not None, letter.next_attempt_at) == (1, True, None)


@pytest.mark.django_db
def test_a_letter_nobody_knows_is_no_error():
    deliver(987_654)

    assert mail.outbox == []


@pytest.mark.django_db
def test_the_server_receives_text_and_html_under_one_stable_number(settings):
    letter = make_letter(html="<p>Merci.</p>")
    with smtp_server(settings) as mailbox:
        deliver(letter.pk)

    source = mailbox.received[0].content.decode()
    assert f"Message-ID: <{letter.message_id}@eclore>" in source
    assert sending.message_for(letter).message()["Message-ID"] in source
    assert "Auto-Submitted: auto-generated" in source
    assert "multipart/alternative" in source
    assert mailbox.received[0].rcpt_tos == ["lea@exemple.fr"]


@pytest.mark.django_db
def test_a_refusing_server_postpones_with_its_reason_then_the_letter_leaves(settings):
    letter = make_letter()
    with smtp_server(settings, answer="451 revenez plus tard"):
        deliver(letter.pk)

    letter.refresh_from_db()
    assert (letter.attempts, letter.sent_at) == (1, None)
    assert "451" in letter.last_error
    assert letter.next_attempt_at > timezone.now()
    with smtp_server(settings) as mailbox:
        deliver(letter.pk)
    letter.refresh_from_db()
    assert (len(mailbox.received), letter.attempts, letter.last_error) == (1, 2, "")


@pytest.mark.django_db
def test_without_a_server_the_letter_waits(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", CLOSED
    letter = make_letter()

    deliver(letter.pk)

    letter.refresh_from_db()
    assert "ConnectionRefusedError" in letter.last_error


@pytest.mark.django_db
def test_every_smtp_error_is_an_oserror():
    assert issubclass(smtplib.SMTPException, OSError)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "broken",
    [
        {"address": "lea@exemple.fr\nBcc: autre@exemple.fr"},
        {"subject": "Bonjour\nBcc: autre@exemple.fr"},
    ],
)
def test_a_letter_with_a_second_header_never_leaves(broken):
    letter = make_letter(**broken)

    deliver(letter.pk)

    letter.refresh_from_db()
    assert mail.outbox == []
    assert (letter.attempts, "BadHeaderError" in letter.last_error) == (1, True)


@pytest.mark.django_db
def test_after_the_last_attempt_an_operator_has_to_look(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", CLOSED
    letter = make_letter(attempts=sending.GIVE_UP_AFTER - 1)

    deliver(letter.pk)

    letter.refresh_from_db()
    assert (letter.next_attempt_at, letter.sent_at) == (None, None)
    assert list(sending.waiting()) == []


@pytest.mark.django_db
def test_the_sweep_takes_what_is_due_once():
    due = make_letter()
    make_letter(next_attempt_at=timezone.now() + sending.QUEUED_FOR)
    make_letter(sent_at=timezone.now())

    assert sending.take_waiting() == [due.pk]
    assert sending.take_waiting() == []


@pytest.fixture
def eager():
    """Run tasks at once, in this process, through Celery's own machinery."""
    current_app.conf.task_always_eager = True
    yield
    current_app.conf.task_always_eager = False


@pytest.mark.django_db
def test_the_sweep_delivers_a_letter_whose_message_was_lost(eager):
    letter = make_letter()

    deliver_waiting()

    letter.refresh_from_db()
    assert letter.sent_at is not None
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_a_second_worker_leaves_a_letter_being_sent_alone():
    letter = make_letter()
    with transaction.atomic():
        Letter.objects.select_for_update().get(pk=letter.pk)
        in_another_connection(lambda: sending.send(letter.pk))
        during = len(mail.outbox)
    sending.send(letter.pk)

    assert (during, len(mail.outbox)) == (0, 1)


@pytest.mark.django_db(transaction=True)
def test_nothing_leaves_for_a_fact_that_did_not_happen():
    with transaction.atomic():
        post(address="lea@exemple.fr", subject="s", text="t")
        transaction.set_rollback(True)

    assert Letter.objects.count() == 0


def in_another_connection(act):
    def run():
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=60)
    assert not thread.is_alive()


@pytest.mark.django_db
def test_the_local_run_keeps_mail_instead_of_sending_it(settings):
    settings.EMAIL_BACKEND = "accounts.notifications.outbox.StoredMailBackend"

    deliver(make_letter(html="<p>Merci.</p>").pk)

    stored = StoredMail.objects.get()
    assert (stored.address, stored.text, stored.html) == (
        "lea@exemple.fr",
        "Merci.",
        "<p>Merci.</p>",
    )
