"""This year's reviews, half-way: handed in, under way, late, and links of interest."""

from datetime import datetime, timedelta

from reviews.assignments.models import Assignment
from reviews.demonstration import pool, readings
from reviews.demonstration.cast import OTHER_COMPANY, OWNERS_COMPANY
from reviews.demonstration.clock import at
from reviews.demonstration.completion import complete_one, say_grounds
from reviews.demonstration.scoring import Jury
from reviews.demonstration.stock import read
from reviews.demonstration.timetable import Round
from reviews.evaluations import operations as evaluations

HANDED_OUT = -41
FIRST_DUE = -3  # the first third of the readings was expected by then
LAGGARDS = 2  # experts who have opened nothing
LATER_CONFLICTS = 3


class Progress:
    def __init__(self, world, call, calendar: Round):
        self.world = world
        self.call = call
        self.calendar = calendar
        self.officer = world.officer
        self.chance = world.chance("readings", call.code)
        self.jury = Jury(world.seed, top=call.top_score)
        self.assigned, self.other, self.conflicted = world.experts[: len(pool.NAMED)]

    def play(self) -> None:
        on = self.calendar.moment(HANDED_OUT)
        self.know_conflicts(on - timedelta(days=2))
        self.give_owners_dossier(on - timedelta(hours=3))
        pool.hand_out(self.call, officer=self.officer, on=on)
        self.set_first_day()
        self.discover_conflicts(on + timedelta(days=3))
        self.read_dossiers(on)
        say_grounds(self.call, manager=self.world.manager)
        complete_one(
            self.call, reader=self.assigned, officer=self.officer,
            asked_at=self.calendar.moment(-1.9),
        )  # fmt: skip

    def know_conflicts(self, on: datetime) -> None:
        """Links the officers knew of before the dossiers were given out."""
        dossiers = list(self.call.dossiers.order_by("number"))
        texts = read("sentences")["conflicts"]
        pairs = [(self.conflicted, self.world.dossier_of(OWNERS_COMPANY, self.call))]
        taken = {pairs[0][1].pk}
        for expert in self.world.experts[4:7]:
            dossier = self.chance.choice([d for d in dossiers if d.pk not in taken])
            taken.add(dossier.pk)
            pairs.append((expert, dossier))
        pool.report_conflicts(zip(pairs, texts, strict=False), officer=self.officer, on=on)

    def give_owners_dossier(self, on: datetime) -> None:
        """One reader chosen by hand: the solver keeps the choice and completes it."""
        dossier = self.world.dossier_of(OWNERS_COMPANY, self.call)
        with at(on) as moment:
            evaluations.add_reader(dossier, self.assigned, actor=self.officer, at=moment)

    def set_first_day(self) -> None:
        """A third of the dossiers was to be read first: what is missing there is late."""
        first = self.given().filter(dossier__number__lte=self.call.dossiers.count() // 3)
        first.update(due_at=self.calendar.moment(FIRST_DUE))

    def given(self):
        return Assignment.objects.active().filter(dossier__call=self.call)

    def discover_conflicts(self, on: datetime) -> None:
        """Readers who found a link on opening a dossier: the last one is still to be replaced."""
        ours = [
            self.world.dossier_of(name, self.call).pk for name in (OWNERS_COMPANY, OTHER_COMPANY)
        ]
        pairs = list(self.given().exclude(dossier__in=ours).order_by("pk"))
        texts = read("sentences")["conflicts"]
        *replaced, last = self.chance.sample(pairs, LATER_CONFLICTS)
        for n, assignment in enumerate(replaced):
            self.find_conflict(assignment, texts[n + 1], on + timedelta(hours=7 * n))
        pool.hand_out(self.call, officer=self.officer, on=on + timedelta(days=2))
        self.find_conflict(last, texts[0], self.calendar.moment(-1.1))

    def find_conflict(self, assignment, declaration, on: datetime) -> None:
        kind, text = declaration
        with at(on):
            evaluations.declare(assignment, kind=kind, text=text, actor=assignment.expert.user)

    def read_dossiers(self, on: datetime) -> None:
        given = list(self.given().select_related("expert__user", "dossier").order_by("pk"))
        done, half, opened, _closed = self.shares(given)
        moments = [self.after(one.assigned_at) for one in (*done, *half, *opened)]
        pool.clear([*done, *half, *opened], moments=moments)
        handed_in = readings.write(done, self.jury)
        last = (self.calendar.moment(-0.2) - on).days
        readings.hand_in(handed_in, readings.within(on + timedelta(days=6), last - 6, self.chance))
        readings.write(half, self.jury, whole=False)

    def after(self, moment: datetime) -> datetime:
        return moment + timedelta(hours=self.chance.randint(4, 90))

    def shares(self, given):
        """Handed in, half written, only declared, not even declared."""
        found = ([], [], [], [])
        laggards = self.world.experts[-LAGGARDS:]
        forgotten = self.first_late(given)
        for assignment in given:
            if assignment == forgotten:
                found[3].append(assignment)
            elif assignment.expert in laggards:
                found[self.chance.choice((2, 3, 3))].append(assignment)
            elif assignment.expert == self.assigned:
                continue
            else:
                found[self.lot(assignment)].append(assignment)
        self.deal_own([one for one in given if one.expert == self.assigned], found)
        return found

    def first_late(self, given):
        """One late reading nobody opened, whatever the lots: the world always shows one."""
        others = (one for one in given if one.expert != self.assigned)
        return next(filter(self.is_late, others))

    def is_late(self, assignment) -> bool:
        return assignment.due_at < self.calendar.moment(0)

    def lot(self, assignment) -> int:
        weights = (90, 4, 3, 3) if self.is_late(assignment) else (74, 10, 8, 8)
        return self.chance.choices(range(4), weights=weights)[0]

    def deal_own(self, given, found) -> None:
        """The reviewer people sign in as has some of everything; Fungilène's is under way."""
        first = self.world.dossier_of(OWNERS_COMPANY, self.call).pk
        own = sorted(given, key=lambda one: (one.dossier_id != first, one.pk))
        for n, assignment in enumerate(own):
            found[(1, 0, 3, 0, 2, 0, 3, 0, 1)[n % 9]].append(assignment)
