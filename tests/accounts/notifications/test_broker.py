"""A real message broker, present or away: letters wait in the database and none is lost."""

import socketserver
import threading
import time
from contextlib import contextmanager
from uuid import uuid4

import pytest
from celery import current_app

from accounts.notifications import sending
from accounts.notifications.broker import broker
from accounts.notifications.operations import post

CLOSED = 9  # discard: nothing listens there


@contextmanager
def broker_at(address, **options):
    """Publish to this address for a while, through connections of its own."""
    conf, amqp = current_app.conf, current_app.amqp
    kept = conf.broker_url, conf.broker_transport_options, amqp._producer_pool
    conf.broker_url = conf.broker_write_url = address
    conf.broker_transport_options = {**kept[1], **options}
    amqp._producer_pool = None
    broker.away_until = 0.0
    try:
        yield
    finally:
        conf.broker_url = conf.broker_write_url = kept[0]
        conf.broker_transport_options, amqp._producer_pool = kept[1:]
        broker.away_until = 0.0


@pytest.fixture
def broker_away():
    with broker_at(f"redis://127.0.0.1:{CLOSED}/0"):
        yield


@pytest.mark.django_db
def test_without_a_broker_the_page_works_and_the_row_waits(
    broker_away, client, django_capture_on_commit_callbacks
):
    person = {
        "full_name": "Léa Roux",
        "email": "lea@exemple.fr",
        "password1": "quatre mots au hasard",
    }
    with django_capture_on_commit_callbacks() as after_commit:
        response = client.post("/compte/signup/", person)

    began = time.monotonic()
    for act in after_commit:
        act()

    assert response.status_code == 302
    assert time.monotonic() - began < 2
    assert broker.away_until > 0
    assert list(sending.waiting().values_list("address", flat=True)) == ["lea@exemple.fr"]


class Slammer(socketserver.BaseRequestHandler):
    """Takes the call and hangs up."""

    calls = 0

    def handle(self):
        Slammer.calls += 1


@pytest.mark.django_db
def test_sixty_letters_knock_at_an_absent_broker_once(django_capture_on_commit_callbacks):
    Slammer.calls = 0
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Slammer)
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    absent = f"redis://127.0.0.1:{server.server_address[1]}/0"
    with broker_at(absent), django_capture_on_commit_callbacks(execute=True):
        for n in range(60):
            post(address=f"p{n}@exemple.fr", subject="s", text="t")
    server.shutdown()
    server.server_close()

    assert 0 < Slammer.calls < 10
    assert sending.waiting().count() == 60


@pytest.mark.django_db
def test_a_present_broker_gets_the_message(settings, django_capture_on_commit_callbacks):
    ours = f"{uuid4()}:"
    with broker_at(settings.REDIS_URL, global_keyprefix=ours):
        with django_capture_on_commit_callbacks(execute=True):
            letter = post(address="lea@exemple.fr", subject="s", text="t")
        with current_app.connection_for_write() as link:
            message = link.SimpleQueue(current_app.conf.task_default_queue).get(timeout=20)
            message.ack()

    assert message.headers["task"] == "accounts.notifications.tasks.deliver"
    assert message.payload[0] == [letter.pk]
