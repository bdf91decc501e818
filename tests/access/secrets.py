"""What must not be known: tokens planted in a scene, each with the people who may read it.

Who may is worked out here from plain rows, without asking the rules of the product: they would
agree with themselves.
"""

from dataclasses import dataclass, replace

from django.utils import timezone

from reviews.assignments.models import Assignment
from reviews.committees.models import Attendance, Member
from reviews.evaluations.models import Evaluation, Score
from reviews.experts.models import Expert, Interest
from reviews.phases.models import Phase

STAFF = ("officer", "manager", "finance", "auditor")
COMPANY = ("applicant", "reader")
READ = {"in_review", "incomplete", "ranked"}
REVIEWED = READ | {"awarded", "reserve", "refused"}
PUBLISHED = {"awarded"}


@dataclass(frozen=True)
class Secret:
    """`known_by` are primary keys of people; `what` says it in a failing test."""

    token: str
    what: str
    known_by: frozenset

    def __or__(self, other):
        """Known before an act or after it."""
        return replace(self, known_by=self.known_by | other.known_by)


def token(kind, pk):
    """Nothing a page would hold by chance, nothing a typesetter would join or break."""
    return f"qz{kind}{pk:05d}w"


def surname(pk):
    """The same of letters alone: names are looked for as names."""
    return token("dir", pk).translate(str.maketrans("0123456789", "abcdefghij"))


def secrets_of(cast, people):
    """Every token with the people who may read it, as the rows stand now."""
    cast.dossier.refresh_from_db()
    facts = Facts()
    return [
        *of_people(people, cast, facts),
        *of_dossier(people, cast, facts),
        *of_evaluations(people, facts),
    ]


class Facts:
    """The rows that decide who reads what, each table once."""

    def __init__(self):
        now = timezone.now()
        self.experts = list(Expert.objects.all())
        self.active = set(
            Assignment.objects.filter(state="active").values_list("expert", "dossier")
        )
        self.links = {}
        for expert, dossier, kind in Interest.objects.values_list("expert", "dossier", "kind"):
            self.links.setdefault((expert, dossier), set()).add(kind)
        self.evaluations = list(
            Evaluation.objects.select_related("assignment__expert", "assignment__dossier")
        )
        self.scores = list(Score.objects.select_related("criterion"))
        shown = Phase.objects.filter(opens_at__lte=now, closes_at__gt=now, sees_others=True)
        unnamed = Phase.objects.filter(opens_at__lte=now, closes_at__gt=now, names_applicants=False)
        self.blind_calls = set(unnamed.values_list("call", flat=True))
        self.calls_that_show = set(shown.values_list("call", flat=True))
        self.sitting = {}
        for session, user in Member.objects.values_list("session", "user"):
            self.sitting.setdefault(session, set()).add(user)
        self.sat = {}
        closed = Member.objects.filter(session__state="closed")
        for call, user in closed.values_list("session__call", "user"):
            self.sat.setdefault(call, set()).add(user)
        here = Attendance.objects.filter(left_at=None, member__session__state="open")
        self.in_room = set(here.values_list("member__session__call", "member__user"))

    def is_given(self, expert, dossier):
        """A reader of this dossier, before or after the declaration."""
        pair = (expert.pk, dossier.pk)
        is_active = pair in self.active and dossier.state in READ
        return is_active and not self.links.get(pair, set()) - {"none"}

    def opens(self, expert, dossier):
        is_clear = self.links.get((expert.pk, dossier.pk)) == {"none"}
        return self.is_given(expert, dossier) and is_clear

    def opens_own(self, evaluation):
        return self.opens(evaluation.assignment.expert, evaluation.assignment.dossier)

    def keeps(self, evaluation):
        """Its author reads it again as long as the call knows of no link."""
        pair = (evaluation.assignment.expert_id, evaluation.assignment.dossier_id)
        return evaluation.state == "submitted" and self.links.get(pair) == {"none"}

    def fellows(self, user_pk):
        """Who sits with this person is told their name."""
        return set().union(*(together for together in self.sitting.values() if user_pk in together))

    def discuss(self, dossier):
        """Members in the room of an open session, those with a link aside."""
        here = {user for call, user in self.in_room if call == dossier.call_id}
        return here - self.linked(dossier)

    def concluded(self, dossier):
        """Members of a closed session read in its minutes what each dossier came to."""
        return self.sat.get(dossier.call_id, set()) - self.linked(dossier)

    def linked(self, dossier):
        return {
            expert.user_id
            for expert in self.experts
            if self.links.get((expert.pk, dossier.pk), set()) - {"none"}
        }

    def mean_of(self, evaluation):
        """None as long as nothing is marked."""
        own = [one for one in self.scores if one.evaluation_id == evaluation.pk]
        marks = [one for one in own if one.value is not None]
        weight = sum(one.criterion.weight for one in marks)
        return sum(one.value * one.criterion.weight for one in marks) / weight if marks else None

    def readers_of(self, evaluation, staff):
        """Its author; once it is in, those who run the call, its other readers in a phase that
        shows, and the committee in session."""
        is_own = self.opens_own(evaluation) or self.keeps(evaluation)
        known = {evaluation.assignment.expert.user_id} if is_own else set()
        if evaluation.state == "submitted":
            known |= staff
            if evaluation.assignment.state == "active":
                known |= self.discuss(evaluation.assignment.dossier)
            known |= {
                other.assignment.expert.user_id
                for other in self.evaluations
                if self.reads(other, evaluation)
            }
        return frozenset(known)

    def reads(self, other, evaluation):
        """The author of `other` may read `evaluation`: both in, on one dossier, in a phase that
        shows."""
        dossier, read = other.assignment.dossier, evaluation.assignment
        is_same = dossier == read.dossier and read.state == "active"
        is_in = other.state == "submitted" and self.opens_own(other)
        return is_same and is_in and dossier.call_id in self.calls_that_show


def of_people(people, cast, facts):
    """Readers are known to the people of the programme, applicants to those and to readers."""
    staff = pks(people, STAFF)
    for expert in facts.experts:
        for kind in ("nom", "mel", "org"):
            fellows = facts.fellows(expert.user_id) if kind == "nom" else set()
            known = staff | {expert.user_id}
            yield Secret(token(kind, expert.pk), f"reader {expert.pk}", known | fellows)
        for name in cast.former.get(expert.pk, ()):
            yield Secret(name, f"reader {expert.pk}", known | facts.fellows(expert.user_id))
    readers = {e.user_id for e in facts.experts if facts.opens(e, cast.dossier)}
    readers |= facts.discuss(cast.dossier)
    if cast.dossier.call_id in facts.blind_calls:
        readers = set()
    for role in COMPANY:
        known = staff | pks(people, COMPANY) | readers
        yield Secret(token("per", people[role].pk), "a name of the company", known)


def of_dossier(people, cast, facts):
    dossier = cast.dossier
    company, staff = pks(people, COMPANY), pks(people, STAFF)
    if dossier.state not in PUBLISHED:
        heads = {e.user_id for e in facts.experts if facts.is_given(e, dossier)}
        heads |= {
            one.assignment.expert.user_id
            for one in facts.evaluations
            if one.assignment.dossier_id == dossier.pk and facts.keeps(one)
        }
        heads |= facts.discuss(dossier) | facts.concluded(dossier)
        title, name = token("tit", dossier.pk), token("soc", dossier.organisation_id)
        yield Secret(title, "title of the dossier", company | staff | heads)
        named = heads
        if dossier.call_id in facts.blind_calls:
            named = facts.concluded(dossier)
        yield Secret(name, "name of the company", company | staff | named)
    readers = {e.user_id for e in facts.experts if facts.opens(e, dossier)}
    readers |= facts.discuss(dossier)
    officers = frozenset() if dossier.state == "draft" else staff
    yield Secret(token("rep", dossier.pk), "an answer", company | officers | readers)
    if dossier.call_id in facts.blind_calls:
        readers = frozenset()
    if dossier.state not in PUBLISHED:
        company_pk = dossier.organisation_id
        for told in (token("mrq", company_pk), token("web", company_pk), surname(company_pk)):
            yield Secret(told, "what leads to the company", company | staff | readers)


def of_evaluations(people, facts):
    """Written alone: a draft is its author's; the staff reads what was handed in."""
    staff = pks(people, STAFF)
    readers = {}
    for one in facts.evaluations:
        known = facts.readers_of(one, staff)
        yield Secret(token("ecr", one.pk), f"evaluation {one.pk}", known)
        for figure in written(facts.mean_of(one)):
            yield Secret(figure, f"mean of evaluation {one.pk}", known)
        if one.state == "submitted" and one.assignment.state == "active":
            readers.setdefault(one.assignment.dossier_id, []).append((one, known))
    for pairs in readers.values():
        known = frozenset.intersection(*(known for _one, known in pairs))
        known |= facts.concluded(pairs[0][0].assignment.dossier)
        means = [mean for one, _known in pairs if (mean := facts.mean_of(one)) is not None]
        for figure in written(sum(means) / len(means)) if len(means) > 1 else ():
            yield Secret(figure, "mean of a dossier", known)


def written(mean):
    """As pages and files write a figure."""
    if mean is None:
        return set()
    return {text for n in (2, 4) for text in (f"{mean:.{n}f}", f"{mean:.{n}f}".replace(".", ","))}


def pks(people, roles):
    return frozenset(people[role].pk for role in roles)
