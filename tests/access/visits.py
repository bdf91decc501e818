"""Visits cheap enough to be made by thousands: one scene for all the addresses that stand on it,
people signed in without a query."""

from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import transaction
from django.urls import reverse


@dataclass(frozen=True)
class Stage:
    """A scene in one state, with the rows of the policy that are played on it."""

    feature: str
    build: Any
    state: str
    rows: tuple

    def __str__(self):
        return f"{self.feature} {self.build.__name__} {self.state}"

    @property
    def methods(self):
        """What each address is asked by."""
        asked = {}
        for row in self.rows:
            asked.setdefault(row["address"], set()).add(row["method"])
        return asked

    def expected(self, roles):
        """The answer of the policy to each of these roles."""
        return {
            (row["method"], row["address"]): {role: row[role] for role in roles}
            for row in self.rows
        }

    def built(self):
        """The cast, a function from an address to its URL, and what is posted."""
        cast, args, fields = self.build(self.state)
        return cast, lambda address: reverse(address, args=args), fields


def stages(rows):
    """(feature, row) pairs by the scene they stand on; nothing done on one visit stays for the
    next."""
    found = {}
    for feature, row in rows:
        build = import_module(f"tests.access.scenes.{feature}").SCENES[row["address"]]
        found.setdefault((feature, build, row["state"]), []).append(row)
    return [Stage(*key, tuple(own)) for key, own in found.items()]


def come_as(client, person):
    """Leave whoever was here; `None` stays anonymous. What signing in does is tested elsewhere."""
    client.cookies.clear()
    if person is None:
        return
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key


@contextmanager
def passing():
    """Nothing done inside stays."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
