"""`python -m bench.studio`: the allocation studio with three hundred dossiers.

Needs DATABASE_URL on a demonstration world, as the owner of its tables. Everything is made inside
one transaction and rolled back: the longest call of the world still without a ranking gets one,
its dossiers copied until there are three hundred. `--write` keeps the table.
"""

import argparse
import os
import time
from contextlib import contextmanager
from statistics import median, quantiles

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

import config.wsgi  # noqa: F401 - sets Django up
from bench import table
from bench.measuring import ask, signed_in
from grants.decisions.models import AidBasis, Allocation, Decision, Ranking, RankLine
from grants.dossiers.models import Dossier
from grants.funding.models import Envelope
from grants.programmes.models import Call, Programme

RESULTS = table.RESULTS.with_name("STUDIO.md")
SIZE, ROUNDS = 300, 40
AIM_PAGE, AIM_QUERIES, AIM_EDIT = 8.0, 15, 150.0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    write = parser.parse_args().write
    with override_settings(ROOT_URLCONF="bench.urls"), undone():
        text = report(*measure(prepared(SIZE)))
    print(text)
    if write:
        RESULTS.write_text(text + "\n", encoding="utf-8")


@contextmanager
def undone():
    """What is made in between leaves no trace; the triggers of the world sleep meanwhile."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        transaction.set_rollback(True)


def prepared(size):
    """An allocation in preparation with this many decisions, one in four awarded."""
    waiting = Call.objects.filter(allocation=None, ranking=None)
    call = max(waiting, key=lambda one: one.dossiers.exclude(state="draft").count())
    dossiers = list(call.dossiers.exclude(state="draft").exclude(requested=None))
    number = 10_000
    while len(dossiers) < size:
        for one in dossiers[: size - len(dossiers)]:
            number += 1
            company = copied(one.organisation, siret=f"9{number:013}")
            dossiers.append(copied(one, number=number, organisation_id=company.pk))
    Dossier.objects.filter(pk__in=[one.pk for one in dossiers]).update(state="ranked")
    manager = signed_in("manager").session["_auth_user_id"]
    ranking = Ranking.objects.create(
        call=call, method="raw", threshold=call.threshold, received_by_id=manager, content={},
        sha256="0" * 64,
    )  # fmt: skip
    envelope = Envelope.objects.filter(programme=call.programme_id).latest("year")
    Envelope.objects.filter(pk=envelope.pk).update(endowed=90_000_000)
    allocation = Allocation.objects.create(
        call=call, ranking=ranking, envelope=envelope, prepared_by_id=manager
    )
    for rank, dossier in enumerate(dossiers[:size], 1):
        add_line(allocation, dossier, rank, size)
    return allocation


def copied(row, **changes):
    """The same row again, with another key."""
    columns = type(row).objects.filter(pk=row.pk).values(*written(row)).get()
    return type(row).objects.create(**{**columns, **changes})


def written(row):
    """Its columns but the key and those the database computes."""
    fields = (f for f in row._meta.concrete_fields if not (f.primary_key or f.generated))  # noqa: SLF001
    return [field.attname for field in fields]


def add_line(allocation, dossier, rank, size):
    score = round(4.9 - 2.2 * rank / size, 4)
    RankLine.objects.create(
        ranking=allocation.ranking, dossier=dossier, rank=rank, score=score, raw=score, reviews=3,
        calibrated=score, low=score - 0.4, high=score + 0.4,
        zone="grey" if size // 4 < rank < size // 3 else "accepted",
    )  # fmt: skip
    amount = dossier.requested if rank <= size // 4 else 0
    decision = Decision.objects.create(
        allocation=allocation, dossier=dossier, rank=rank, amount=amount,
        outcome="award" if amount else "reserve",
        reserve_rank=None if amount else rank, rule="L’enveloppe est épuisée.",
    )  # fmt: skip
    AidBasis.objects.create(
        decision=decision, regime="de_minimis", version="Règlement (UE) 2023/2831",
        article="art. 3(2)", ceiling=dossier.requested, because="le montant demandé",
        undertaking=[dossier.organisation.siren],
    )  # fmt: skip


def measure(allocation):
    floor = reverse("bench_floor", args=[Programme.objects.first().pk])
    page = reverse("decisions:studio", args=[allocation.pk])
    client = signed_in("manager")
    for _time in range(3):
        ask(client, floor)
        status, _seconds = ask(client, page)
    with CaptureQueriesContext(connection) as captured:
        ask(client, page)
    queries, ratios, shown = len(captured), [], []
    for _time in range(ROUNDS):
        _status, base = ask(client, floor)
        _status, taken = ask(client, page)
        ratios.append(taken / base)
        shown.append(1_000 * taken)
    return status, queries, ratios, shown, [edit(client, allocation, n) for n in range(ROUNDS)]


def edit(client, allocation, n):
    """Milliseconds to change one amount, the answer included."""
    decision = allocation.decisions.get(rank=1 + n % 60)
    fields = {
        "amount": str(int(decision.dossier.requested) - 100 * (n + 1)),
        "reason": "Mesure", "version": decision.version,
    }  # fmt: skip
    start = time.perf_counter()
    response = client.post(
        reverse("decisions:revise", args=[decision.pk]), fields, secure=True,
        headers={"HX-Request": "true"},
    )  # fmt: skip
    taken = 1_000 * (time.perf_counter() - start)
    decision.refresh_from_db()
    if response.status_code != 200 or decision.version != fields["version"] + 1:
        raise AssertionError(f"the amount was not saved: {response.status_code}")
    return taken


def report(status, queries, ratios, shown, edits):
    def mark(value, aim):
        return "" if value <= aim else " ⚠"

    p95 = quantiles(edits, n=20)[-1]
    page = median(ratios)
    return "\n".join(
        [
            "# Mesures de l’atelier de répartition",
            "",
            f"`python -m bench.studio --write` écrit ce fichier. {SIZE} dossiers, {ROUNDS} fois "
            "chaque demande, en alternance avec la page plancher, dans le processus. Modifier un "
            "montant compte tout : le verrou, les plafonds, la liste de réserve, la réponse.",
            "",
            f"- Machine : {table.machine()}",
            f"- Charge pendant la mesure (1 min) : {os.getloadavg()[0]:.1f}",
            "",
            "| demande | HTTP | requêtes | p50 ms | p50 × plancher | p95 ms |",
            "| --- | --- | --- | --- | --- | --- |",
            f"| la page | {status} | {queries}{mark(queries, AIM_QUERIES)} | {median(shown):.0f} "
            f"| {page:.1f}{mark(page, AIM_PAGE)} | {quantiles(shown, n=20)[-1]:.0f} |",
            f"| modifier un montant | 200 | — | {median(edits):.0f} | — "
            f"| {p95:.0f}{mark(p95, AIM_EDIT)} |",
        ]
    )


if __name__ == "__main__":
    main()
