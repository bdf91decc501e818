"""Sealing: what was written since the last seal is chained, and the chains put into one digest."""

import time

from django.conf import settings
from django.db import connections, transaction
from django.db.models import Func, IntegerField
from django.utils import timezone

from grants.history import messages
from grants.history.chain import START, after, digest_of, root_of
from grants.history.models import Link, Seal
from grants.history.rows import last_keys, rows_between
from grants.history.strands import strands

# A role of its own seals where there is one: what the site may not write, it cannot forge.
SEALER = "sealer" if "sealer" in settings.DATABASES else "default"
AT_ONCE = 20_000  # rows of a table in one seal
LONGEST_WAIT = 60
ONE_AT_A_TIME = 7_305_108  # the number of our advisory lock
LEAF = 32


class StillWriting(Exception):
    """A transaction that began before the seal has not ended: the next hour will seal."""


def seal():
    """Chain every row written so far and seal the whole; return the seals made, one at least.

    From here on, a row changed, added, moved or removed among those sealed is found.
    """
    made = []
    with transaction.atomic(using=SEALER):
        alone()
        known = strands()
        goal = last_keys(known.values(), using=SEALER)
        wait_for_writers(list(known))
        while not made or made[-1].content["upto"] != goal:
            made.append(seal_once(known, goal))
    return made


@transaction.atomic
def send_away(seal):
    """A digest kept where the platform cannot write is what no hand here can put right."""
    messages.sealed(seal)


def alone():
    with connections[SEALER].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])


def wait_for_writers(tables):
    """Until every transaction that may hold a key we have passed has ended.

    A key is given out after the table is locked for writing: whoever holds no such lock now will
    be given higher keys than those read before.
    """
    writing = writers(tables)
    until = time.monotonic() + LONGEST_WAIT
    while writing and (writing := writing & writers(tables)):
        if time.monotonic() > until:
            raise StillWriting(f"{len(writing)} transactions still writing")
        time.sleep(0.05)


def writers(tables):
    with connections[SEALER].cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT virtualtransaction FROM pg_locks
            WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND pid <> pg_backend_pid()
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND relation = ANY(%s::regclass[])""",
            [tables],
        )
        return {row[0] for row in cursor}


def seal_once(known, goal):
    """One seal: at most so many rows of each table, so that none is too long to check."""
    last = Seal.objects.using(SEALER).order_by("number").last()
    before = last.content["upto"] if last else {}
    upto = {
        table: max(min(key, before.get(table, 0) + AT_ONCE), before.get(table, 0))
        for table, key in goal.items()
    }
    rows = [
        row
        for table, strand in known.items()
        if upto[table] > before.get(table, 0)
        for row in rows_between(strand, before.get(table), upto[table], using=SEALER)
    ]
    heads = heads_so_far()
    links = chained(rows, heads, at=timezone.now())
    made = record(last, known, rows, heads, upto)
    for link in links:
        link.seal = made
    Link.objects.using(SEALER).bulk_create(links, batch_size=500)
    return made


def heads_so_far():
    """Length and head of every chain."""
    latest = Link.objects.using(SEALER).order_by("chain", "-seal_id").distinct("chain")
    length = Func("leaves", function="octet_length", output_field=IntegerField())
    return {
        chain: (first + octets // LEAF - 1, head)
        for chain, first, head, octets in latest.values_list("chain", "first", "head", length)
    }


def chained(rows, heads, *, at):
    """A link per chain that has new rows, in the order they were written; moves `heads` on."""
    by_chain = {}
    for row in sorted(rows, key=lambda row: (row.at or at, row.table, row.key)):
        by_chain.setdefault(row.chain, []).append(row)
    links = []
    for chain, acts in sorted(by_chain.items()):
        count, previous = heads.get(chain, (0, START))
        head = previous
        for act in acts:
            head = after(head, table=act.table, key=act.key, leaf=act.leaf)
        heads[chain] = (count + len(acts), head)
        links.append(
            Link(
                chain=chain,
                first=count + 1,
                places=[[act.table, act.key] for act in acts],
                leaves=b"".join(act.leaf for act in acts),
                previous=previous,
                head=head,
            )
        )
    return links


def record(last, known, rows, heads, upto):
    number, at = (last.number + 1 if last else 1), timezone.now()
    content = {
        "number": number,
        "at": at.isoformat(),
        "previous": last.sha256 if last else START,
        "root": root_of(heads),
        "chains": len(heads),
        "acts": sum(count for count, _head in heads.values()),
        "added": len(rows),
        "upto": upto,
        "columns": {table: list(known[table].columns) for table in sorted({r.table for r in rows})},
    }
    return Seal.objects.using(SEALER).create(
        number=number,
        at=at,
        chains=content["chains"],
        acts=content["acts"],
        added=len(rows),
        previous=content["previous"],
        content=content,
        sha256=digest_of(content),
    )
