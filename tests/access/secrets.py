"""What must not be known: tokens planted in a scene, each with the people who may read it.

Who may is worked out here from plain rows, without asking the rules of the product: they would
agree with themselves.
"""

from dataclasses import dataclass, replace

import pgtrigger
from django.utils import timezone

from accounts.organisations.models import Organisation
from accounts.people.models import User
from grants.dossiers.content import digest_of
from grants.dossiers.models import Answer, Dossier, Submission
from reviews.assignments.models import Assignment
from reviews.committees.models import Attendance, Member
from reviews.evaluations.models import Evaluation, Score
from reviews.evaluations.remarks import DiscussionNote
from reviews.experts.models import Expert, Interest
from reviews.phases.models import Phase
from tests.factories import make_assignment, make_evaluation, make_phase

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


def plant(cast, *, blind=False):
    """Fill the scene with readers, evaluations and answers that can be told from each other;
    `blind`: its phase lets readers know nothing of the company."""
    if "call" not in vars(cast):
        cast.call_state = "reviewing"
    if "dossier" not in vars(cast) and cast.call_state != "open":
        cast.dossier_state = "in_review"
    people = {role: getattr(cast, role) for role in cast.ROLES if role != "anonymous"}
    with pgtrigger.ignore():
        if cast.dossier.state in REVIEWED:
            people |= gather_readers(cast)
        if blind:
            make_phase(cast.call, may_score=True, sees_others=True)
            Phase.objects.update(names_applicants=False)
        # What the scene has typeset or sent already holds the names people had.
        cast.former = {one.pk: former_of(one) for one in Expert.objects.select_related("user")}
        name_people(people)
        write_dossiers()
        write_evaluations()
    return people


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
        shown = Phase.objects.filter(opens_at__lte=now, closes_at__gt=now, sees_others=True)
        unnamed = Phase.objects.filter(opens_at__lte=now, closes_at__gt=now, names_applicants=False)
        self.blind_calls = set(unnamed.values_list("call", flat=True))
        self.calls_that_show = set(shown.values_list("call", flat=True))
        self.sitting = {}
        for session, user in Member.objects.values_list("session", "user"):
            self.sitting.setdefault(session, set()).add(user)
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
        linked = {
            expert.user_id
            for expert in self.experts
            if self.links.get((expert.pk, dossier.pk), set()) - {"none"}
        }
        return {user for call, user in self.in_room if call == dossier.call_id} - linked

    def reads(self, other, evaluation):
        """The author of `other` may read `evaluation`: both in, on one dossier, in a phase that
        shows."""
        dossier, read = other.assignment.dossier, evaluation.assignment
        is_same = dossier == read.dossier and read.state == "active"
        is_in = other.state == "submitted" and self.opens_own(other)
        return is_same and is_in and dossier.call_id in self.calls_that_show


def gather_readers(cast):
    """Beside our reviewer: one who has handed in, one who found a link after that, one whose
    dossier was taken back."""
    if not hasattr(cast.assignment, "evaluation"):
        make_evaluation(assignment=cast.assignment)
    colleague = make_assignment(dossier=cast.dossier)
    conflicted = make_assignment(dossier=cast.dossier, state="recused", declared=False)
    removed = make_assignment(dossier=cast.dossier, state="removed")
    for assignment in (colleague, conflicted, removed):
        make_evaluation(assignment=assignment, submitted=True)
    Interest.objects.create(
        expert=conflicted.expert, dossier=cast.dossier, kind="family",
        declared_by=conflicted.expert.user,
    )  # fmt: skip
    DiscussionNote.objects.create(evaluation=colleague.evaluation, text="…")
    return {
        "colleague": colleague.expert.user,
        "conflicted": conflicted.expert.user,
        "removed": removed.expert.user,
    }


def former_of(expert):
    return [str(expert.user).casefold(), expert.user.email, expert.organisation.casefold()]


def name_people(people):
    for expert in Expert.objects.all():
        name = token("nom", expert.pk)
        User.objects.filter(pk=expert.user_id).update(
            full_name=f"Camille {name}", email=f"{token('mel', expert.pk)}@{name}.example"
        )
        organisation = f"Institut {token('org', expert.pk)}"
        Expert.objects.filter(pk=expert.pk).update(organisation=organisation)
    for role in COMPANY:
        person = people[role]
        User.objects.filter(pk=person.pk).update(full_name=f"Dominique {token('per', person.pk)}")


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
    if cast.dossier.call_id in facts.blind_calls:
        readers = set()
    for role in COMPANY:
        known = staff | pks(people, COMPANY) | readers
        yield Secret(token("per", people[role].pk), "a name of the company", known)


def write_dossiers():
    for dossier in Dossier.objects.select_related("organisation"):
        company = token("soc", dossier.organisation_id)
        Organisation.objects.filter(pk=dossier.organisation_id).update(name=f"{company} SAS")
        title = f"Projet {token('tit', dossier.pk)} de {company}"
        said = f"Nous, {company}, {token('rep', dossier.pk)}."
        Dossier.objects.filter(pk=dossier.pk).update(title=title)
        Answer.objects.update_or_create(
            dossier=dossier,
            key="summary",
            defaults={"value": said, "saved_by": dossier.created_by},
        )
        if dossier.state != "draft":
            write_deposits(dossier, {"title": title, "summary": said})


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
        title, name = token("tit", dossier.pk), token("soc", dossier.organisation_id)
        yield Secret(title, "title of the dossier", company | staff | heads)
        named = frozenset() if dossier.call_id in facts.blind_calls else heads
        yield Secret(name, "name of the company", company | staff | named)
    readers = {e.user_id for e in facts.experts if facts.opens(e, dossier)}
    officers = frozenset() if dossier.state == "draft" else staff
    yield Secret(token("rep", dossier.pk), "an answer", company | officers | readers)


def write_deposits(dossier, answers):
    deposits = list(dossier.submissions.all())
    if not deposits:
        organisation = dossier.organisation
        content = {
            "reference": dossier.reference,
            "organisation": {"siret": organisation.siret, "name": organisation.name},
            "documents": [],
        }
        now = timezone.now()
        deposits = [
            Submission(
                dossier=dossier, version=1, at=now, by=dossier.created_by, content=content,
                deadline_at=now,
            )
        ]  # fmt: skip
    for deposit in deposits:
        deposit.content = {**deposit.content, "answers": answers}
        deposit.sha256 = digest_of(deposit.content)
        deposit.save()


def write_evaluations():
    for one in Evaluation.objects.all():
        text = token("ecr", one.pk)
        Evaluation.objects.filter(pk=one.pk).update(
            strengths=f"Fort {text}", weaknesses=f"Faible {text}", confidence=2
        )
        Score.objects.filter(evaluation=one).update(comment=f"Car {text}")
        DiscussionNote.objects.filter(evaluation=one).update(text=f"Vu {text}")


def of_evaluations(people, facts):
    """Written alone: a draft is its author's; the staff reads what was handed in."""
    staff = pks(people, STAFF)
    for one in facts.evaluations:
        is_own = facts.opens_own(one) or facts.keeps(one)
        known = {one.assignment.expert.user_id} if is_own else set()
        if one.state == "submitted":
            known |= staff
            if one.assignment.state == "active":
                known |= facts.discuss(one.assignment.dossier)
            known |= {
                other.assignment.expert.user_id
                for other in facts.evaluations
                if facts.reads(other, one)
            }
        yield Secret(token("ecr", one.pk), f"evaluation {one.pk}", frozenset(known))


def pks(people, roles):
    return frozenset(people[role].pk for role in roles)
