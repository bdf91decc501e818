"""Forty commitments at the same instant on one envelope: by whole requests, and by direct SQL."""

import io
import logging
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from decimal import Decimal
from threading import Barrier
from wsgiref.util import setup_testing_defaults

import psycopg
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from bench.copies import Copier
from config.wsgi import application
from grants.decisions.models import Allocation
from grants.funding.models import Entry
from grants.funding.operations import entering
from grants.programmes.states import Role
from tests.factories import make_envelope, make_staff
from tests.grants.decisions.scene import Scene
from tests.grants.decisions.test_operations import voted

PEOPLE, ENDOWED, SHARE = 40, 1_000_000, 60_000
CONTROLS = 20  # rounds of each control
TOKEN = "bench0money0bench0money0bench0mo"  # noqa: S105 - both halves of a form's token
INSERT = """
    INSERT INTO grants_entry (envelope_id, kind, amount, reason, reference, actor_id, at)
    VALUES (%s, 'commitment', %s, 'Course', '', %s, now())
"""
LEFT = "SELECT endowed - committed FROM grants_envelope WHERE id = %s"
GUARD = "envelope_never_overcommitted"


class OneAward(Scene):
    """One dossier gets 50 000 € of what it asked, with the reason given to the last of the list."""

    def decisions(self):
        return super().decisions()[::-1]


def measure(http, sql, *, owner):
    scene = OneAward(endowed=50_000, scores=("4.2", "2.0"))
    allocation = voted(scene)
    with psycopg.connect(owner, autocommit=True) as opened, ThreadPoolExecutor(PEOPLE) as pool:
        announcing = Announcing(scene, allocation, Copier(owner), pool)
        inserting = Inserting(scene, pool)
        few_http, few_sql = min(http, CONTROLS), min(sql, CONTROLS)
        found = [
            race("SQL", "CHECK", sql, inserting.insert, scene),
            race("SQL", "CHECK, après lecture", few_sql, inserting.look_then_insert, scene),
        ]
        with without_check(opened):
            found.append(
                race(
                    "SQL", "aucune (témoin)", few_sql, inserting.look_then_insert, scene, safe=False
                )
            )
        found.append(race("HTTP", "verrou et CHECK", http, announcing.announce, scene))
        if announcing.errors:
            raise RuntimeError(f"{announcing.errors} requests ended in an error page")
        with unlocked():
            found.append(
                race("HTTP", "CHECK seul (sans verrou)", few_http, announcing.announce, scene)
            )
        with unlocked(), without_check(opened):
            found.append(
                race("HTTP", "aucune (témoin)", few_http, announcing.announce, scene, safe=False)
            )
        inserting.close()
    return found


def race(way, guards, rounds, run, scene, *, safe=True):
    """Rounds of forty on a new envelope each; what is over is read from the entries."""
    overs, accepted, spent = [], [], 0.0
    for n in range(rounds):
        envelope = make_envelope(
            scene.programme, endowed=ENDOWED, actor=scene.manager, name=f"{way} {guards} {n}"
        )
        spent += run(envelope)
        amounts = list(
            Entry.objects.filter(envelope=envelope, kind="commitment").values_list(
                "amount", flat=True
            )
        )
        overs.append(max(-sum(amounts, Decimal(0)) - ENDOWED, Decimal(0)))
        accepted.append(len(amounts))
    return {
        "way": way,
        "guards": guards,
        "rounds": rounds,
        "safe": safe,
        "over": sum(1 for over in overs if over),
        "worst": float(max(overs, default=0)),
        "least": min(accepted, default=0),
        "most": max(accepted, default=0),
        "ms": 1000 * spent / max(rounds, 1),
    }


def together(pool, act):
    """Seconds that forty threads take, all let go at the same instant."""
    gate = Barrier(PEOPLE + 1)

    def run(n):
        gate.wait(timeout=60)
        return act(n)

    waiting = [pool.submit(run, n) for n in range(PEOPLE)]
    gate.wait(timeout=60)
    start = time.perf_counter()
    for one in waiting:
        one.result()
    return time.perf_counter() - start


class Announcing:
    """Forty managers, each with a session, announce forty allocations of one envelope."""

    def __init__(self, scene, allocation, copier, pool):
        self.copier, self.pool, self.pk = copier, pool, allocation.pk
        people = [make_staff(scene.programme, Role.MANAGER) for _n in range(PEOPLE)]
        self.errors = 0
        self.sessions = [session_of(person) for person in people]

    def announce(self, envelope):
        shifts = self.copier.copy(PEOPLE, envelope.pk)
        paths = [reverse("decisions:announce", args=[self.pk + shift]) for shift in shifts]
        answers = []
        spent = together(self.pool, lambda n: answers.append(post(paths[n], self.sessions[n])))
        self.errors += sum(answer.startswith("500") for answer in answers)
        states = Allocation.objects.filter(envelope=envelope).values_list("state", flat=True)
        if len(states) != PEOPLE or "announced" not in states:
            raise RuntimeError("nothing was announced: the requests did not arrive")
        return spent


def session_of(user):
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def post(path, session):
    """A whole request through the WSGI application: its session, its token, every middleware."""
    body = f"csrfmiddlewaretoken={TOKEN}".encode()
    cookies = {settings.SESSION_COOKIE_NAME: session, settings.CSRF_COOKIE_NAME: TOKEN}
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "HTTP_HOST": "testserver",
        "HTTP_REFERER": "https://testserver/",
        "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        "wsgi.url_scheme": "https",
    }
    setup_testing_defaults(environ)
    answered = []
    response = application(environ, lambda status, headers: answered.append(status))
    response.close()
    # Without the lock, what the database refuses is an error page.
    if not answered[0].startswith(("302", "500")):
        raise RuntimeError(f"{path}: {answered[0]}")
    return answered[0]


class Inserting:
    """Forty connections of the product's role, kept from a round to the next."""

    def __init__(self, scene, pool):
        values = connection.get_connection_params()
        known = {name: values[name] for name in ("dbname", "user", "password", "host", "port")}
        self.actor, self.pool = scene.manager.pk, pool
        self.connections = [psycopg.connect(**known, autocommit=True) for _n in range(PEOPLE)]

    def insert(self, envelope):
        return together(self.pool, lambda n: self.commit(self.connections[n], envelope))

    def look_then_insert(self, envelope):
        """As a program would that trusts what it has just read."""

        def act(n):
            with self.connections[n].transaction(), refused():
                (left,) = self.connections[n].execute(LEFT, [envelope.pk]).fetchone()
                if left >= SHARE:
                    self.commit(self.connections[n], envelope)

        return together(self.pool, act)

    def commit(self, one, envelope):
        with refused():
            one.execute(INSERT, [envelope.pk, -SHARE, self.actor])

    def close(self):
        for one in self.connections:
            one.close()


@contextmanager
def refused():
    """The database says no; any other error is ours."""
    with suppress(psycopg.errors.CheckViolation):
        yield


@contextmanager
def without_check(owner):
    """The constraint gone for a while: only its owner can, and only here."""
    row = owner.execute(
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", [GUARD]
    ).fetchone()
    owner.execute(f"ALTER TABLE grants_envelope DROP CONSTRAINT {GUARD}")
    try:
        yield
    finally:
        owner.execute(f"ALTER TABLE grants_envelope ADD CONSTRAINT {GUARD} {row[0]} NOT VALID")


@contextmanager
def unlocked():
    """The operations read the envelope without taking it."""
    logging.disable()
    usual = entering.lock
    entering.lock = lambda envelope: envelope.refresh_from_db()
    try:
        yield
    finally:
        entering.lock = usual
        logging.disable(logging.NOTSET)
