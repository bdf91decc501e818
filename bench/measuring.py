"""One page against the floor page, asked in turn so that both meet the same machine.

Run by `bench.pages` in a process per database, once Django is set up.
"""

import json
import sys
import time
from dataclasses import asdict, dataclass
from http import HTTPStatus
from statistics import median, quantiles

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from accounts.people.models import User
from bench.aims import DETAIL
from bench.catalogue import PAGES, Page
from grants.programmes.models import Programme
from reviews.demonstration.cast import IDENTITIES

WARM_UP = 3
FEWEST, PATIENCE = 5, 20.0  # a page this slow (in seconds) is above every aim already
EMAILS = {one.role: one.email for one in IDENTITIES}


@dataclass(frozen=True)
class Measure:
    identity: str
    kind: str
    label: str
    status: int
    queries: int
    milliseconds: float
    ratio: float
    p95: float

    def as_row(self) -> dict:
        return asdict(self)


def print_all(rounds: int) -> None:
    with override_settings(ROOT_URLCONF="bench.urls"):
        json.dump(measure_all(rounds), sys.stdout)


def measure_all(rounds: int) -> list[dict]:
    floor = reverse("bench_floor", args=[Programme.objects.first().pk])
    layout = reverse("bench_layout", args=[Programme.objects.first().pk])
    found = [measure(Page("manager", DETAIL, "(mise en page seule)"), layout, floor, rounds)]
    for page in PAGES:
        address = page.address()
        if address is not None:
            found.append(measure(page, address, floor, rounds))
    return [one.as_row() for one in found]


def measure(page: Page, address: str, floor: str, rounds: int) -> Measure:
    client = signed_in(page.identity)
    ground = signed_in(page.identity or "manager")
    for _time in range(WARM_UP):
        ask(ground, floor)
        status, _seconds = ask(client, address)
    with CaptureQueriesContext(connection) as captured:
        ask(client, address)
    queries = len(captured)  # before another request empties the log
    ratios, seconds = [], []
    for _time in range(rounds if status == HTTPStatus.OK else 1):
        _status, base = ask(ground, floor)
        _status, taken = ask(client, address)
        ratios.append(taken / base)
        seconds.append(taken)
        if len(seconds) >= FEWEST and sum(seconds) > PATIENCE:
            break
    print(f"  {page.label}: {1_000 * median(seconds):.0f} ms", file=sys.stderr)
    return Measure(
        identity=page.identity or "public",
        kind=page.kind,
        label=page.label,
        status=status,
        queries=queries,
        milliseconds=round(1_000 * median(seconds), 1),
        ratio=round(median(ratios), 2),
        p95=round(quantiles(ratios, n=20)[-1] if len(ratios) > 1 else ratios[0], 2),
    )


def signed_in(identity: str) -> Client:
    client = Client()
    if identity:
        client.force_login(User.objects.get(email=EMAILS[identity]))
    return client


def ask(client: Client, address: str) -> tuple[int, float]:
    start = time.perf_counter()
    response = client.get(address, secure=True)
    return response.status_code, time.perf_counter() - start
