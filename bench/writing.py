"""The child of `bench.drafting`: forms of two lengths in one database, once Django is set up."""

import json
import sys
import time
from dataclasses import dataclass
from itertools import count
from statistics import median

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from accounts.people.models import User
from bench.queue import ask, measure, programme_pk
from grants.dossiers import operations
from grants.dossiers.models import Dossier
from tests import factories
from tests.factories import make_call, make_organisation, make_programme, make_user

LENGTHS = (30, 300)
IN_A_SECTION = 10


def measure_drafts(rounds):
    # The world of an earlier run is still there: its names are taken.
    factories.numbers = count(1_000 + 10 * User.objects.count())
    with override_settings(ROOT_URLCONF="bench.urls"):
        floor = reverse("bench_floor", args=[programme_pk()])
        json.dump({length: measure_draft(length, floor, rounds) for length in LENGTHS}, sys.stdout)


def measure_draft(length, floor, rounds):
    draft = begin(length)
    pages = {
        "section": reverse("dossiers:section", args=[draft.dossier.pk, "part0"]),
        "liste des sections": reverse("dossiers:detail", args=[draft.dossier.pk]),
        "vérifier": reverse("dossiers:check", args=[draft.dossier.pk]),
    }
    found = {name: measure(draft.client, page, floor, rounds) for name, page in pages.items()}
    found["enregistrement d’un champ"] = measure_saves(draft, floor, rounds)
    return found


@dataclass
class Draft:
    client: Client
    dossier: Dossier
    version: int = 1


def begin(length):
    """A draft with every question answered."""
    author = make_user()
    call = make_call(make_programme(), definition=form_of(length))
    dossier = operations.begin(call, organisation=make_organisation(owner=author), actor=author)
    texts = {f"q{number}": "Une réponse de quelques mots." for number in range(length)}
    operations.save_section(dossier, texts, versions={}, actor=author)
    client = Client()
    client.force_login(author)
    return Draft(client, dossier)


def form_of(length):
    questions = [
        {"key": f"q{number}", "kind": "short_text", "label": f"Question {number}", "required": True}
        for number in range(length)
    ]
    return {
        "sections": [
            {
                "key": f"part{start // IN_A_SECTION}",
                "title": f"Partie {start // IN_A_SECTION}",
                "questions": questions[start : start + IN_A_SECTION],
            }
            for start in range(0, length, IN_A_SECTION)
        ]
    }


def measure_saves(draft, floor, rounds):
    """Each save changes the answer, as a person typing does."""
    for _time in range(3):
        ask(draft.client, floor)
        save(draft)
    with CaptureQueriesContext(connection) as captured:
        save(draft)
    queries = len(captured)
    ratios, seconds = [], []
    for _time in range(rounds):
        base, taken = ask(draft.client, floor), save(draft)
        ratios.append(taken / base)
        seconds.append(taken)
    return {
        "queries": queries,
        "ratio": round(median(ratios), 2),
        "ms": round(1000 * median(seconds), 1),
    }


def save(draft):
    values = {
        "field": "q0",
        "value": f"Une réponse, retouchée {draft.version} fois.",
        "version": draft.version,
    }
    address = reverse("dossiers:save", args=[draft.dossier.pk]) + "?section=part0"
    start = time.perf_counter()
    response = draft.client.post(address, values, secure=True)
    taken = time.perf_counter() - start
    if response.status_code != 200:
        raise SystemExit(f"{address}: HTTP {response.status_code} {response.content[:200]}")
    draft.version = response.json()["version"]
    return taken
