"""Builds the demonstration world, in the order in which it would have happened."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection, transaction
from django.utils import timezone

from grants.dossiers.models import Dossier
from grants.dossiers.operations import withdraw
from grants.funding.models import Envelope
from grants.programmes.models import Call, Programme
from reviews.demonstration import (
    cast,
    committee,
    mail,
    oddities,
    outcome,
    pool,
    programmes,
    readings,
    screening,
    stock,
    ties,
)
from reviews.demonstration.applications import Application, Desk, arrivals
from reviews.demonstration.cast import OWNERS_COMPANY
from reviews.demonstration.chance import stream
from reviews.demonstration.clock import at
from reviews.demonstration.companies import Register, invented_names
from reviews.demonstration.progress import Progress
from reviews.demonstration.scoring import Jury
from reviews.demonstration.timetable import Round, day_of_last_noon, last_year, next_year, this_year
from reviews.demonstration.volume import add_volume

VOTED, CUT = 5_000_000, 3_050_000
TIGHT = 3_200_000


@dataclass(frozen=True)
class Size:
    """How many projects of each theme enter each call, and how many dossiers come on top."""

    reviewed: int = 12
    decided: int = 9
    upcoming: int = 3
    extra: int = 0


def is_inhabited() -> bool:
    return Programme.objects.exists()


@transaction.atomic
def build(seed: int, size: Size) -> "World":
    hasten()
    world = World(seed, size, day_of_last_noon(timezone.now()))
    world.settle_in()
    world.play_last_year()
    world.play_this_year()
    world.open_next_year()
    mail.settle(timezone.now())
    return world


def hasten() -> None:
    """Two settings of this transaction that spare the triggers time; every one still runs.

    Statistics of an empty base promise tiny tables, which triggers would scan row after row. And
    without a list of triggers to ignore, each call raises and catches an error to find none.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL pgtrigger.ignore = '{}'")


class World:
    def __init__(self, seed: int, size: Size, today: date):
        self.seed = seed
        self.size = size
        self.today = today
        self.calls: dict[str, Call] = {}

    def settle_in(self) -> None:
        """People, programmes, experts: everybody is there before anything happens."""
        with at(last_year(self.today).moment(-520)):
            self.people = cast.sign_up(self.seed)
            self.programme = programmes.main_programme()
            self.second = programmes.second_programme(self.people)
            cast.give_duties(self.programme, self.people)
            self.names = invented_names(stream(self.seed, "names"))
            themes = {theme.key: theme for theme in self.programme.themes.all()}
            self.experts = pool.gather(self.people, themes, self.names)
            ties.describe(self.experts)
        self.register = Register(self.people, self.names, self.today)
        self.officer, self.manager = self.people["officer"], self.people["manager"]

    def chance(self, *subject):
        return stream(self.seed, *subject)

    def publish(self, calendar: Round, *, setup="") -> Call:
        call = programmes.publish(self.programme, calendar, manager=self.manager, setup=setup)
        self.calls[calendar.code] = call
        return call

    def receive(self, call: Call, projects: list[stock.Project], last=None):
        """Write and hand in one dossier per project, spread over the call."""
        desk = Desk(call, self.register, self.seed)
        chance = self.chance("arrivals", call.code)
        applications = arrivals(projects, call.opens_at, last or call.closes_at, chance)
        dossiers = desk.write(applications)
        desk.hand_in(dossiers, applications)
        return dossiers

    def play_last_year(self) -> None:
        calendar = last_year(self.today)
        envelope = programmes.endow(
            self.programme, calendar, manager=self.manager, voted=VOTED, cut=CUT
        )
        call = self.publish(calendar)
        dossiers = self.receive(call, stock.decided(self.size.decided))
        out, kept = dossiers[:2], dossiers[3:]
        screening.reject(out, officer=self.officer, after=timedelta(days=9))
        self.take_back(dossiers[2])
        self.admit(kept)
        programmes.begin_review(call, manager=self.manager)
        pool.invite(call, self.experts, officer=self.officer, capacity=8, days_before=12)
        given = pool.hand_out(call, officer=self.officer, on=call.closes_at + timedelta(days=11))
        chance = self.chance("readings", call.code)
        start = given[0].assigned_at
        pool.clear(given, moments=[start + timedelta(hours=chance.randint(4, 60)) for _ in given])
        done = readings.write(given, Jury(self.seed, top=call.top_score))
        readings.hand_in(done, readings.within(start + timedelta(days=2), 26, chance))
        allocation = outcome.decide(
            call, calendar, envelope, manager=self.manager, checker=self.people["finance"]
        )
        outcome.begin_payments(allocation, calendar, finance=self.people["finance"])

    def play_this_year(self) -> None:
        calendar = this_year(self.today)
        programmes.endow(self.programme, calendar, manager=self.manager, voted=TIGHT)
        call = self.publish(calendar, setup="open")
        dossiers = self.receive(call, stock.under_review(self.size.reviewed))
        incomplete = dossiers[3:7]
        screening.ask_completion(
            incomplete, officer=self.officer, after=timedelta(hours=20), days_to_answer=15
        )
        screening.answer_completion(incomplete)
        self.admit_now(incomplete, after=timedelta(days=4))
        self.admit([dossier for dossier in dossiers if dossier not in incomplete])
        programmes.begin_review(call, manager=self.manager)
        pool.invite(call, self.experts, officer=self.officer, capacity=11, days_before=20)
        pool.invite_newcomer(
            call, self.people["invited"], officer=self.officer, on=calendar.moment(-2.2)
        )
        Progress(self, call, calendar).play()
        ties.bind(self, call, calendar.moment(-2.1))
        committee.convene(call, calendar, self.people)
        if self.size.extra:
            add_volume(self, call, self.size.extra)

    def open_next_year(self) -> None:
        """The call is open: some dossiers are in, some being completed, most being written."""
        calendar = next_year(self.today)
        call = self.publish(calendar, setup="independent")
        received = stock.upcoming(self.size.upcoming)
        ready, writing = received[: len(received) // 2], received[len(received) // 2 :]
        dossiers = self.receive(call, oddities.with_a_twin(ready), last=calendar.moment(-1))
        self.admit_now(dossiers[:2], after=timedelta(hours=9))
        screening.ask_completion(
            dossiers[2:3], officer=self.officer, after=timedelta(hours=14), days_to_answer=20
        )
        for late in dossiers[3:4]:
            oddities.answer_too_late(
                late, officer=self.officer, after=timedelta(hours=14), now=timezone.now()
            )
        desk = Desk(call, self.register, self.seed)
        shares = [0.9, 0.2, 0.55, 0.75, 0.35]
        drafts = desk.write(
            [
                Application(project, calendar.moment(-0.4 - n / 3), shares[n % len(shares)])
                for n, project in enumerate([stock.second_project(), *writing])
            ]
        )
        oddities.press_too_early(drafts[1], calendar.moment(-0.2))
        self.open_second_programme(calendar)

    def open_second_programme(self, calendar: Round) -> None:
        manager = self.people["manager_other"]
        other = Round("IA-OCC", "Stratégie IA : premiers usages", self.today.year,
                      -40, 58, 90, 100, 120, 300, self.today)  # fmt: skip
        programmes.endow(self.second, other, manager=manager, voted=1_200_000, part="Agriculture")
        self.calls[other.code] = programmes.publish(
            self.second, other, manager=manager, setup="blind"
        )

    def admit(self, dossiers) -> None:
        chance = self.chance("admit", len(self.calls))
        screening.admit(dossiers, officer=self.officer, after=timedelta(days=6), chance=chance)

    def admit_now(self, dossiers, *, after) -> None:
        chance = self.chance("admit now", len(self.calls))
        screening.admit_now(dossiers, officer=self.officer, after=after, chance=chance)

    def take_back(self, dossier: Dossier) -> None:
        with at(dossier.submitted_at + timedelta(days=4)):
            withdraw(
                dossier, actor=dossier.created_by, reason="Projet reporté : levée de fonds décalée."
            )

    @property
    def envelopes(self):
        return Envelope.objects.order_by("pk")

    def dossier_of(self, company: str, call: Call) -> Dossier:
        return call.dossiers.get(organisation=self.register.organisations[company])

    @property
    def owners_dossier(self) -> Dossier:
        return self.dossier_of(OWNERS_COMPANY, self.calls[this_year(self.today).code])
