"""Filling a scene with texts and figures that can be told from each other."""

from decimal import Decimal
from itertools import cycle

import pgtrigger
from django.utils import timezone

from accounts.organisations.establishment import Establishment
from accounts.organisations.models import Organisation
from accounts.people.models import User
from grants.dossiers.content import digest_of
from grants.dossiers.models import Answer, Dossier, Submission
from grants.programmes.criteria import Criterion
from reviews.evaluations.models import Evaluation, Score
from reviews.evaluations.remarks import DiscussionNote
from reviews.experts.models import Expert, Interest
from reviews.phases.models import Phase
from tests.access.secrets import COMPANY, REVIEWED, pks, surname, token
from tests.factories import make_assignment, make_evaluation, make_phase

# Marks and weights of two criteria: each pair has a mean nothing else on a page comes to.
MARKS = [(5, 1), (1, 5), (4, 0), (0, 4), (5, 0), (0, 5), (2, 5), (5, 2), (4, 1), (1, 4)]
WEIGHTS = [Decimal("57.31"), Decimal("42.69")]
# Triggers that keep what a row holds of others: not rules, and nothing stands without them.
KEEPING = {
    "assignment_worked_out", "assignment_counted_in", "assignment_counted_again",
    "assignment_counted_out", "evaluation_counted", "readings_held",
}  # fmt: skip


def plant(cast, *, blind=False):
    """Fill the scene with readers, evaluations and answers that can be told from each other;
    `blind`: its phase lets readers know nothing of the company."""
    if "call" not in vars(cast):
        cast.call_state = "reviewing"
    if "dossier" not in vars(cast) and cast.call_state != "open":
        cast.dossier_state = "in_review"
    people = {role: getattr(cast, role) for role in cast.ROLES if role != "anonymous"}
    if hasattr(cast, "member"):
        people["member"] = cast.member
    with rules_asleep():
        if cast.dossier.state in REVIEWED:
            people |= gather_readers(cast)
        if blind:
            make_phase(cast.call, may_score=True, sees_others=True)
            Phase.objects.update(names_applicants=False)
        # What the scene has typeset or sent already holds the names people had.
        cast.former = {one.pk: former_of(one) for one in Expert.objects.select_related("user")}
        name_people(people)
        write_dossiers()
        weigh_criteria()
        write_evaluations()
    return people


def rules_asleep():
    return pgtrigger.ignore(
        *(
            f"{model._meta.label}:{trigger.name}"
            for model, trigger in pgtrigger.registered()
            if trigger.name not in KEEPING
        )
    )


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
    experts = list(Expert.objects.select_related("user"))
    for expert in experts:
        name = token("nom", expert.pk)
        expert.user.full_name = f"Camille {name}"
        expert.user.email = f"{token('mel', expert.pk)}@{name}.example"
        expert.organisation = f"Institut {token('org', expert.pk)}"
    Expert.objects.bulk_update(experts, ["organisation"])
    team = list(User.objects.filter(pk__in=pks(people, COMPANY)))
    for person in team:
        person.full_name = f"Dominique {token('per', person.pk)}"
    User.objects.bulk_update([*team, *(one.user for one in experts)], ["full_name", "email"])


def write_dossiers():
    for dossier in Dossier.objects.select_related("organisation"):
        company = token("soc", dossier.organisation_id)
        Organisation.objects.filter(pk=dossier.organisation_id).update(
            name=f"{company} SAS", **as_registered(dossier.organisation)
        )
        title = f"Projet {token('tit', dossier.pk)} de {company}"
        said = f"Nous, {company}, {token('rep', dossier.pk)}. {named_in(dossier.organisation)}"
        Dossier.objects.filter(pk=dossier.pk).update(title=title)
        Answer.objects.filter(dossier=dossier, key="summary").delete()
        Answer.objects.create(
            dossier=dossier, key="summary", value=said, saved_by=dossier.created_by
        )
        if dossier.state != "draft":
            write_deposits(dossier, {"title": title, "summary": said})


def as_registered(organisation):
    """A brand and a director that only the register tells."""
    told = Establishment(
        siret=organisation.siret,
        name=f"{token('soc', organisation.pk)} SAS",
        is_open=True,
        brands=(token("mrq", organisation.pk),),
        officers=(f"Alix {surname(organisation.pk)}",),
    )
    now = timezone.now()
    return {"standing": "open", "verified_at": now, "register": told.as_json()}


def named_in(organisation):
    """All that leads to a company, in its own words."""
    brand, site = token("mrq", organisation.pk), token("web", organisation.pk)
    director = surname(organisation.pk).capitalize()
    return (
        f"Notre marque {brand}, fondée par Alix {director} (SIREN {organisation.siren}), "
        f"se voit sur www.{site}.fr ; écrire à bonjour@{site}.fr."
    )


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
    """Texts, and marks whose mean is found in no other evaluation."""
    evaluations = list(Evaluation.objects.order_by("pk"))
    scores = list(Score.objects.select_related("criterion").order_by("criterion__rank"))
    notes = list(DiscussionNote.objects.all())
    for one, marks in zip(evaluations, cycle(MARKS)):
        text = token("ecr", one.pk)
        one.strengths, one.weaknesses, one.confidence = f"Fort {text}", f"Faible {text}", 2
        own = [score for score in scores if score.evaluation_id == one.pk]
        for score, mark in zip(own, marks, strict=True):
            score.value, score.comment = mark, f"Car {text}"
        for note in notes:
            if note.evaluation_id == one.pk:
                note.text = f"Vu {text}"
    Evaluation.objects.bulk_update(evaluations, ["strengths", "weaknesses", "confidence"])
    Score.objects.bulk_update(scores, ["value", "comment"])
    DiscussionNote.objects.bulk_update(notes, ["text"])


def weigh_criteria():
    """No mean of whole marks ends like these by chance."""
    for rank, weight in enumerate(WEIGHTS):
        Criterion.objects.filter(rank=rank).update(weight=weight)
