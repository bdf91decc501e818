"""The Celery application and the only place where periodic work is declared."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("config")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    # The broker may lose a message; the row in the database does not get lost with it.
    "deliver what is still waiting": {
        "task": "accounts.notifications.tasks.deliver_waiting",
        "schedule": 20.0,
    },
    "ask the register about companies typed by hand": {
        "task": "accounts.organisations.tasks.check_waiting",
        "schedule": 60.0,
    },
    "make the letters a lost message left unmade": {
        "task": "grants.letters.tasks.make_missing_letters",
        "schedule": 60.0,
    },
    "offer money that came back to the next of a reserve list": {
        "task": "grants.decisions.tasks.offer_reserves",
        "schedule": 20.0,
    },
    "prepare the exports a lost message left unmade, drop those of yesterday": {
        "task": "grants.screening.tasks.tidy_exports",
        "schedule": 60.0,
    },
    "scan the files that are still waiting": {
        "task": "grants.dossiers.tasks.scan_waiting",
        "schedule": 30.0,
    },
    "remind of drafts before the deadline": {
        "task": "grants.dossiers.tasks.remind_of_drafts",
        "schedule": crontab(minute=5),
    },
    "seal the history": {
        "task": "grants.history.tasks.seal_history",
        "schedule": crontab(minute=0),
    },
    "tell reviewers of marks to read again": {
        "task": "reviews.evaluations.tasks.tell_of_stale_marks",
        "schedule": 60.0,
    },
    "look for links of interest where something changed": {
        "task": "reviews.conflicts.tasks.look_where_due",
        "schedule": 60.0,
    },
    "copy the files of calls read without names": {
        "task": "reviews.copies.tasks.make_missing_copies",
        "schedule": 60.0,
    },
    "work the totals of the ledger out again": {
        "task": "grants.funding.tasks.check_ledger",
        "schedule": crontab(hour=3, minute=20),
    },
    "remind of evaluations due": {
        "task": "reviews.evaluations.tasks.remind_of_evaluations",
        "schedule": crontab(minute=10),
    },
}
