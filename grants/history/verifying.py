"""Reading the whole history again: every row against its seal, every seal against the one before.

Rows are told first, since they say what was done; chains and seals catch what a careful hand put
in order afterwards, and a digest kept elsewhere what it rewrote from end to end.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from grants.history import findings as kinds
from grants.history.chain import START, after, digest_of, root_of
from grants.history.findings import Finding
from grants.history.models import Link, Seal
from grants.history.rows import rows_between
from grants.history.standing import rows_unlike_their_history
from grants.history.strands import strands

LEAF = 32
# A row is dated by the start of its transaction, which statements of thirty seconds make short.
LONGEST_TRANSACTION = timedelta(seconds=60)


@dataclass
class Reading:
    """Where the verification stands: heads of the chains, seals met, what was found."""

    using: str
    found: list = field(default_factory=list)
    heads: dict = field(default_factory=dict)
    upto: dict = field(default_factory=dict)
    digests: dict = field(default_factory=dict)
    at: object = None
    previous: str = START
    unsealed: int = 0

    def note(self, kind, **where):
        self.found.append(Finding(kind, **where))


def verify(*, against=None, using="default"):
    """Everything found amiss, in one object; `against` is (number or None, digest)."""
    reading, known = Reading(using), strands()
    for seal in Seal.objects.using(using).order_by("number").iterator(chunk_size=50):
        read_seal(reading, known, seal)
    read_tail(reading, known)
    for table, key in rows_unlike_their_history(using):
        reading.note(kinds.STATE, table=table, row=key)
    if against:
        compare(reading, *against)
    return reading


def read_seal(reading, known, seal):
    links = list(Link.objects.using(reading.using).filter(seal=seal).order_by("chain"))
    read_rows(reading, known, seal, links)
    for link in links:
        read_link(reading, link)
    if not holds(reading, seal):
        reading.note(kinds.SEAL, table="grants_seal", row=seal.number, seal=seal.number)
    reading.digests[seal.number] = digest_of(seal.content)
    reading.previous, reading.at = seal.sha256, seal.at
    reading.upto = seal.content["upto"]


def read_rows(reading, known, seal, links):
    """The rows between two seals, against the digests the second one holds."""
    sealed = defaultdict(dict)
    for link in links:
        leaves = bytes(link.leaves)
        for place, (table, key) in enumerate(link.places):
            sealed[table][key] = (leaves[place * LEAF : (place + 1) * LEAF], link.chain)
    for table, high in seal.content["upto"].items():
        low, columns = reading.upto.get(table), seal.content["columns"].get(table)
        if table not in known or (low or 0) >= high:
            continue
        rows = rows_between(known[table], low, high, using=reading.using, columns=columns)
        compare_rows(reading, seal, table, sealed[table], rows)


def compare_rows(reading, seal, table, sealed, rows):
    standing = {row.key: row for row in rows}
    gone = {leaf: key for key, (leaf, _chain) in sealed.items()}
    for key, (leaf, chain) in sealed.items():
        where = {"table": table, "row": key, "chain": chain, "seal": seal.number}
        row = standing.get(key)
        if row is None:
            reading.note(kinds.REMOVED, **where)
        elif row.leaf != leaf:
            elsewhere = gone.get(row.leaf, key) != key
            reading.note(kinds.SWAPPED if elsewhere else kinds.CHANGED, **where)
    for row in rows:
        where = {"table": table, "row": row.key, "chain": row.chain, "seal": seal.number}
        if row.key not in sealed:
            reading.note(kinds.INSERTED, **where)
        elif is_backdated(row, reading.at):
            reading.note(kinds.BACKDATED, **where)


def is_backdated(row, sealed_at):
    return bool(row.at and sealed_at and row.at < sealed_at - LONGEST_TRANSACTION)


def read_link(reading, link):
    """Does this link follow the head its chain had, and lead where it says?"""
    count, head = reading.heads.get(link.chain, (0, START))
    leaves = bytes(link.leaves)
    follows = (link.first, link.previous, len(leaves)) == (count + 1, head, LEAF * len(link.places))
    for place, (table, key) in enumerate(link.places):
        head = after(head, table=table, key=key, leaf=leaves[place * LEAF : (place + 1) * LEAF])
    if not follows or head != link.head:
        reading.note(kinds.CHAIN, chain=link.chain, seal=link.seal_id)
    reading.heads[link.chain] = (count + len(link.places), link.head)


def holds(reading, seal):
    content = seal.content
    told = (content["number"], content["previous"], content["root"], content["chains"])
    acts = sum(count for count, _head in reading.heads.values())
    return (
        told == (seal.number, reading.previous, root_of(reading.heads), len(reading.heads))
        and seal.number == len(reading.digests) + 1
        and (seal.previous, seal.acts, seal.chains) == (reading.previous, acts, content["chains"])
        and content["acts"] == acts
        and content["at"] == seal.at.isoformat()
        and seal.sha256 == digest_of(content)
    )


def read_tail(reading, known):
    """What no seal holds yet: counted, and looked at for dates that a seal has passed."""
    for table, strand in known.items():
        for row in rows_between(strand, reading.upto.get(table), None, using=reading.using):
            reading.unsealed += 1
            if is_backdated(row, reading.at):
                reading.note(kinds.BACKDATED, table=table, row=row.key, chain=row.chain)


def compare(reading, number, digest):
    """A digest kept elsewhere is one of those computed here, at its own number if it has one."""
    kept = reading.digests.get(number) == digest if number else digest in reading.digests.values()
    if not kept:
        reading.note(kinds.REWRITTEN, table="grants_seal", row=number, seal=number)
