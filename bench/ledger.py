"""Random acts on a few envelopes, one in ten interrupted by the death of its connection."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Thread

import psycopg
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.utils import timezone

from accounts.access import Refused
from accounts.people.models import User
from grants.funding import operations
from grants.funding.models import Entry, Envelope
from grants.funding.recount import differences
from grants.programmes.models import Programme
from grants.programmes.states import Role
from tests.factories import make_envelope, make_programme, make_staff

HANDS = 4
DEATHS = 0.1
SEED = 20_261_124
KILL = "SELECT pg_terminate_backend(%s)"
YEAR = timezone.localdate().year


def measure(steps, *, owner):
    programme = make_programme()
    people = (make_staff(programme, Role.MANAGER), make_staff(programme, Role.FINANCE))
    year = make_envelope(programme, endowed=5_000, payable=3_000, actor=people[0])
    act = operations.Act("Ventilation", "AP-0")
    operations.open_part(year, name="Partie", amount=1_000, act=act, actor=people[0])
    make_envelope(programme, endowed=1_000, name="Suite", year=YEAR + 1, actor=people[0])
    start = time.perf_counter()
    with ThreadPoolExecutor(HANDS) as pool:
        hands = [Hand(n, programme, people, owner) for n in range(HANDS)]
        counts = list(pool.map(lambda hand: hand.work(steps // HANDS), hands))
    found = differences()
    return {
        "steps": sum(map(sum, counts)),
        "done": sum(count[0] for count in counts),
        "refused": sum(count[1] for count in counts),
        "killed": sum(count[2] for count in counts),
        "broken": sum(count[3] for count in counts),
        "entries": Entry.objects.filter(envelope__programme=programme).count(),
        "difference": f"{sum((abs(d.kept - d.summed) for d in found), Decimal(0)):.2f}",
        "seconds": time.perf_counter() - start,
    }


class Hand:
    """One person at work: draws an act, tries it, sometimes loses the connection."""

    def __init__(self, number, programme, people, owner):
        self.chance = random.Random(SEED + number)  # noqa: S311 - not a secret
        self.programme, self.number, self.owner = programme.pk, number, owner
        self.manager, self.finance = (person.pk for person in people)
        self.count = 0

    def work(self, steps):
        done = refused = killed = broken = 0
        with psycopg.connect(self.owner, autocommit=True) as killer:
            for _n in range(steps):
                self.count += 1
                dies = self.chance.random() < DEATHS
                try:
                    self.die(killer) if dies else self.act()
                except Refused:
                    refused += 1
                except (DatabaseError, InterfaceError):
                    connection.close()
                    killed += dies
                    broken += not dies
                else:
                    done += 1
        connection.close()
        return done, refused, killed, broken

    def die(self, killer):
        """Before the act is committed, or while it is."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (pid,) = cursor.fetchone()
        if self.chance.random() < 0.5:
            with transaction.atomic():
                self.act()
                killer.execute(KILL, [pid])
            return
        late = self.chance.random() * 0.03
        shot = Thread(target=lambda: (time.sleep(late), killer.execute(KILL, [pid])))
        shot.start()
        try:
            self.act()
        finally:
            shot.join()
            connection.close()

    def act(self):
        programme = Programme.objects.get(pk=self.programme)
        act = self.chance.choice(ACTS)
        act(self, self.chance.choice(list(programme.envelopes.order_by("pk"))))

    def amount(self):
        return Decimal(self.chance.randint(1, 30_000)) / 100

    def signed(self):
        return {
            "reason": "Pas",
            "reference": f"{self.number}-{self.count}",
            "actor": User.objects.get(pk=self.manager),
        }

    def moving(self):
        signed = self.signed()
        act = operations.Act(signed["reason"], signed["reference"])
        return {"act": act, "actor": signed["actor"]}

    def commitment(self, envelope):
        found = list(envelope.entries.filter(kind="commitment").order_by("-pk")[:20])
        if not found:
            raise Refused("nothing is committed")
        return self.chance.choice(found)


def endow(hand, envelope):
    operations.endow(envelope, hand.amount(), **hand.signed())


def reduce(hand, envelope):
    operations.reduce(envelope, hand.amount(), **hand.signed())


def open_credits(hand, envelope):
    operations.open_credits(envelope, hand.amount(), year=envelope.year, **hand.signed())


def close_credits(hand, envelope):
    operations.close_credits(envelope, hand.amount(), year=envelope.year, **hand.signed())


def commit(hand, envelope):
    operations.commit(envelope, hand.amount(), reason="Pas", actor=hand.signed()["actor"])


def release(hand, envelope):
    actor = hand.signed()["actor"]
    operations.release(hand.commitment(envelope), hand.amount(), reason="Pas", actor=actor)


def pay(hand, envelope):
    actor = User.objects.get(pk=hand.finance)
    operations.pay(hand.commitment(envelope), hand.amount(), reason="Pas", actor=actor)


def repay(hand, envelope):
    actor = User.objects.get(pk=hand.finance)
    operations.repay(hand.commitment(envelope), hand.amount(), reason="Pas", actor=actor)


def transfer(hand, envelope):
    part = Envelope.objects.get(programme=hand.programme, name="Partie")
    move = hand.chance.choice([operations.allot, operations.give_back])
    move(part, hand.amount(), year=hand.chance.choice([None, YEAR]), **hand.moving())


def carry_over(hand, envelope):
    year = Envelope.objects.get(programme=hand.programme, name="Start-up")
    to = Envelope.objects.get(programme=hand.programme, name="Suite")
    amounts = {"amount": hand.amount(), "credits": hand.chance.choice([None, hand.amount()])}
    operations.carry_over(year, to=to, **amounts, **hand.moving())


ACTS = [
    *(endow, endow, reduce, open_credits, open_credits, close_credits),
    *(commit, commit, commit, release, pay, pay, pay, repay, transfer, transfer, carry_over),
]
