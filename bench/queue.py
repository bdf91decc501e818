"""The child of `bench.screening`: what it measures at one size, once Django is set up."""

import json
import resource
import sys
import time
from statistics import median

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from accounts.people.models import User
from config.celery import app
from grants.programmes.models import Programme
from grants.screening.columns import USUAL_SORT
from grants.screening.models import Export
from grants.screening.operations import make_export

PAGES = {
    "file d’attente": "",
    "tous": "?q=tous",
    "état et département": "?q=état:déposé+dept:31",
    "montant": "?q=montant:>150000",
    "mot du titre": "?q=batterie",
    "mot d’une entreprise": "?q=solaire",
    "mot rare d’une entreprise": "?q=ovalie",
    "instructeur": "?q=instructeur:@moi",
    "tri par montant": "?q=tous&tri=-montant",
    "page 20": "?q=tous&page=20",
}


def measure_pages(rounds):
    with override_settings(ROOT_URLCONF="bench.urls"):
        client = signed_in()
        floor = reverse("bench_floor", args=[programme_pk()])
        found = {}
        for name, query in PAGES.items():
            found[name] = measure(client, reverse("screening:queue") + query, floor, rounds)
        json.dump(found, sys.stdout)


def measure(client, address, floor, rounds):
    for _time in range(3):
        ask(client, floor)
        ask(client, address)
    with CaptureQueriesContext(connection) as captured:
        ask(client, address)
    queries = len(captured)
    ratios, seconds = [], []
    for _time in range(rounds):
        base, taken = ask(client, floor), ask(client, address)
        ratios.append(taken / base)
        seconds.append(taken)
    return {
        "queries": queries,
        "ratio": round(median(ratios), 2),
        "ms": round(1000 * median(seconds), 1),
    }


def measure_export(kind):
    """Memory of the whole process; what the file adds is the difference with before.

    The CSV leaves a web process that has shown the queue, the sheet is made by a worker.
    """
    make = stream_csv if kind == "csv" else write_sheet
    before, start = ready(kind), time.perf_counter()
    size, first = make(start)
    told = {
        "seconds": round(time.perf_counter() - start, 1),
        "first": round(first, 2),
        "peak": peak(),
        "added": peak() - before,
        "bytes": size,
    }
    json.dump(told, sys.stdout)


def ready(kind):
    """Everything such a process loads before anybody asks."""
    if kind == "csv":
        ask(signed_in(), reverse("screening:queue"))
    else:
        app.loader.import_default_modules()
    return peak()


def stream_csv(start):
    response = signed_in().get(reverse("screening:export_csv") + "?q=tous", secure=True)
    size, first = 0, 0.0
    for line in response.streaming_content:
        first = first or time.perf_counter() - start
        size += len(line)
    return size, first


def write_sheet(start):
    owner = User.objects.get(email="instruction@exemple.fr")
    export = Export.objects.create(owner=owner, query="tous", sort=USUAL_SORT)
    first = time.perf_counter() - start
    return make_export(export.pk).file.size, first


def signed_in():
    client = Client()
    client.force_login(User.objects.get(email="instruction@exemple.fr"))
    return client


def programme_pk():
    return Programme.objects.values_list("pk", flat=True).first()


def ask(client, address):
    start = time.perf_counter()
    response = client.get(address, secure=True)
    taken = time.perf_counter() - start
    if response.status_code != 200:
        raise SystemExit(f"{address}: HTTP {response.status_code}")
    return taken


def peak():
    """Megabytes at most since the process began (Linux counts kilobytes)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
