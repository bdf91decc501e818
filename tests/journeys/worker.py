"""A real Celery worker on the real broker, for the time of one test, on a queue of its own."""

from uuid import uuid4

import pytest
from celery.contrib.testing.worker import start_worker

from config.celery import app

CACHED = ("queues", "router", "routes", "default_queue", "default_exchange")


def use_queue(name):
    """Celery remembers its queues: forget them, so that the new default is taken."""
    app.conf.task_default_queue = name
    app.conf.task_default_exchange = name
    app.conf.task_default_routing_key = name
    for attribute in CACHED:
        vars(app.amqp).pop(attribute, None)
    app.amqp._rtable = None


@pytest.fixture
def worker(transactional_db):
    usual = app.conf.task_default_queue
    name = f"journey-{uuid4().hex}"
    use_queue(name)
    with start_worker(
        app, pool="solo", perform_ping_check=False, queues=[name], loglevel="WARNING"
    ) as started:
        yield started
    with app.connection_for_write() as connection:
        connection.default_channel.queue_delete(name)
    use_queue(usual)
