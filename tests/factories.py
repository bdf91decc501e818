"""The smallest valid object of each kind, with its parents; everything can be overridden."""

from datetime import timedelta
from decimal import Decimal
from itertools import count

import pgtrigger
from django.utils import timezone

from accounts.organisations.models import Membership, Organisation
from accounts.people.models import User
from grants.appeals.models import Appeal
from grants.decisions.models import Allocation, Decision, Ranking, RankLine
from grants.dossiers.models import Dossier
from grants.formbuilder.models import FormVersion
from grants.funding.models import Entry, Envelope
from grants.programmes.criteria import Criterion
from grants.programmes.models import Call, Duty, Programme, Theme
from grants.programmes.states import CallState, Role
from reviews.assignments.models import Assignment
from reviews.evaluations.models import Evaluation, Score
from reviews.experts.models import Expert, Expertise, Interest, Seat
from reviews.links.models import DetectedLink
from reviews.phases.models import Phase

numbers = count(1)
PASSWORD = "un long mot de passe"


def make_user(**overrides):
    n = next(numbers)
    values = {"email": f"personne{n}@exemple.fr", "full_name": f"Personne {n}", **overrides}
    return User.objects.create_user(password=values.pop("password", PASSWORD), **values)


def luhn_siret(n):
    """A valid fictional SIRET: both the SIREN and the whole pass Luhn."""
    siren = with_luhn(f"{80_000_000 + n:08d}")
    return with_luhn(siren + "0001")


def with_luhn(digits):
    total = sum(sum(divmod(int(d) * (2 - i % 2), 10)) for i, d in enumerate(reversed(digits)))
    return digits + str(-total % 10)


def make_organisation(owner=None, **overrides):
    n = next(numbers)
    values = {
        "siret": luhn_siret(n),
        "name": f"Entreprise {n}",
        "legal_form": "SAS",
        "registered_on": timezone.localdate() - timedelta(days=900),
        "department": "31",
        "city": "Toulouse",
        "headcount": 6,
        **overrides,
    }
    organisation = Organisation.objects.create(**values)
    if owner is not None:
        join(owner, organisation)
    return organisation


def join(user, organisation, role=Membership.Role.OWNER, **more):
    return Membership.objects.create(user=user, organisation=organisation, role=role, **more)


def make_programme(**overrides):
    n = next(numbers)
    values = {
        "slug": f"programme-{n}",
        "name": f"Programme {n}",
        "purpose": "Aider les jeunes entreprises.",
        "funder": "Région Occitanie",
        "rules": "Règlement.",
        "contact_service": "Service innovation",
        "contact_email": "innovation@region.example",
        "contact_phone": "05 00 00 00 00",
        "contact_address": "22 boulevard du Maréchal-Juin, 31000 Toulouse",
        **overrides,
    }
    programme = Programme.objects.create(**values)
    Theme.objects.bulk_create(
        Theme(programme=programme, key=key, name=name, rank=rank)
        for rank, (key, name) in enumerate([("energie", "Énergie"), ("sante", "Santé")])
    )
    return programme


def make_staff(programme, role=Role.OFFICER, **overrides):
    user = make_user(**overrides)
    Duty.objects.create(programme=programme, user=user, role=role)
    return user


PATH = [CallState.OPEN, CallState.REVIEWING, CallState.RANKED, CallState.DECIDED]
SMALL_FORM = {
    "sections": [
        {
            "key": "projet",
            "title": "Votre projet",
            "questions": [
                {"key": "title", "kind": "short_text", "label": "Nom du projet", "required": True},
                {"key": "summary", "kind": "long_text", "label": "Résumé", "words": 200},
                {"key": "eligible_base", "kind": "money", "label": "Assiette", "required": True},
                {"key": "requested", "kind": "money", "label": "Aide", "required": True},
                {"key": "accounts", "kind": "file", "label": "Comptes"},
            ],
        }
    ]
}


def make_call(programme=None, *, state=CallState.OPEN, definition=SMALL_FORM, **overrides):
    """A call with two criteria and a published form, walked to `state`."""
    now = timezone.now()
    n = next(numbers)
    closes_at = overrides.get("closes_at", now + timedelta(days=20))
    values = {
        "programme": programme or make_programme(),
        "code": f"AP{n}",
        "title": f"Appel {n}",
        "year": now.year,
        "opens_at": now - timedelta(days=10),
        "closes_at": closes_at,
        "reviews_due_at": closes_at + timedelta(days=30),
        "committee_on": (closes_at + timedelta(days=40)).date(),
        "decision_on": (closes_at + timedelta(days=60)).date(),
        "reserve_until": (closes_at + timedelta(days=200)).date(),
        **overrides,
    }
    call = Call.objects.create(**values)
    Criterion.objects.bulk_create(
        Criterion(
            call=call,
            key=key,
            name=key.title(),
            guidance="…",
            weight=weight,
            rank=rank,
            anchors=["Nul", "Faible", "Moyen", "Bon", "Très bon", "Excellent"],
        )
        for rank, (key, weight) in enumerate([("innovation", 60), ("impact", 40)])
    )
    FormVersion.objects.create(call=call, definition=definition, published_at=now)
    walk(call, state)
    return call


def walk(call, state):
    """Take a call to `state` through every state between: the database refuses a jump."""
    if state != CallState.DRAFT:
        for step in PATH[: PATH.index(state) + 1]:
            call.state = step
            call.save(update_fields=["state"])


def make_dossier(*, state="draft", call=None, organisation=None, author=None, **overrides):
    call = call or make_call()
    author = author or make_user()
    organisation = organisation or make_organisation(owner=author)
    values = {
        "call": call,
        "organisation": organisation,
        "form": call.forms.get(),
        "number": next(numbers),
        "state": state,
        "created_by": author,
        "submitted_at": None if state == "draft" else timezone.now(),
        "title": "Hydrogène vert",
        "theme": call.programme.themes.first(),
        "department": "31",
        "eligible_base": Decimal(200_000),
        "requested": Decimal(100_000),
        **overrides,
    }
    return Dossier.objects.create(**values)


def make_envelope(programme=None, *, endowed=1_000_000, payable=0, actor=None, **overrides):
    """`payable`: credits opened for payments of the current year."""
    values = {
        "programme": programme or make_programme(),
        "year": timezone.now().year,
        "name": "Start-up",
        **overrides,
    }
    envelope = Envelope.objects.create(**values)
    if endowed:
        Entry.objects.create(
            envelope=envelope,
            kind=Entry.Kind.ENDOWMENT,
            amount=endowed,
            reason="Vote du budget",
            actor=actor or make_user(),
        )
    if payable:
        Entry.objects.create(
            envelope=envelope,
            kind=Entry.Kind.OPENING,
            amount=payable,
            payable_in=timezone.now().year,
            reason="Vote du budget",
            actor=actor or make_user(),
        )
    envelope.refresh_from_db()
    return envelope


def make_ranking(call=None, *, dossiers=(), **overrides):
    """The order of `dossiers`, best first, as handed over."""
    call = call or make_call(state="ranked")
    values = {
        "method": call.method,
        "threshold": call.threshold,
        "received_by": make_user(),
        "content": {},
        "sha256": "0" * 64,
        **overrides,
    }
    ranking = Ranking.objects.create(call=call, **values)
    for rank, dossier in enumerate(dossiers, start=1):
        score = Decimal(5) - Decimal(rank) / 10
        RankLine.objects.create(
            ranking=ranking, dossier=dossier, rank=rank, score=score, raw=score, reviews=3
        )
    return ranking


def make_allocation(*, state="preparing", ranking=None, envelope=None, **overrides):
    """A proposal in `state`, with the person who checked it and the vote that state needs."""
    ranking = ranking or make_ranking()
    call = ranking.call
    checked = state not in {"preparing", "to_check"}
    voted = state in {"voted", "announced"}
    announced = state == "announced"
    values = {
        "prepared_by": make_user(),
        "checked_by": make_user() if checked else None,
        "checked_at": timezone.now() if checked else None,
        "body": "Commission permanente" if voted else "",
        "deliberated_on": timezone.localdate() if voted else None,
        "deliberation": "2026/CP/01" if voted else "",
        "announced_at": timezone.now() if announced else None,
        **overrides,
    }
    return Allocation.objects.create(
        call=call,
        ranking=ranking,
        envelope=envelope or make_envelope(call.programme),
        state=state,
        **values,
    )


def make_appeal(call, *, organisation=None, **overrides):
    """An appeal against the refusal of a dossier of this call; its decision is never announced."""
    dossier = make_dossier(state="refused", call=call, organisation=organisation)
    allocation = make_allocation(
        ranking=make_ranking(call, dossiers=[dossier]),
        envelope=make_envelope(call.programme, name=f"Enveloppe {call.pk}"),
    )
    decision = Decision.objects.create(
        allocation=allocation, dossier=dossier, rank=1, outcome="refuse"
    )
    values = {
        "kind": "gracious",
        "grounds": "La note ne tient pas compte des engagements signés.",
        "received_on": timezone.localdate(),
        "filed_by": dossier.created_by,
        "evidence": {},
        "sha256": "0" * 64,
        **overrides,
    }
    return Appeal.objects.create(decision=decision, **values)


def make_expert(call=None, *, signed=True, capacity=12, level=2, **overrides):
    """An expert of every theme, with their own mail domain; with `call`, seated in its pool."""
    n = next(numbers)
    user = make_user(**{"email": f"expert{n}@laboratoire{n}.fr", **overrides})
    expert = Expert.objects.create(user=user, organisation=f"Laboratoire {user.pk}")
    if call is not None:
        now = timezone.now() if signed else None
        Seat.objects.create(call=call, expert=expert, capacity=capacity, undertaking_signed_at=now)
        Expertise.objects.bulk_create(
            Expertise(expert=expert, theme=theme, level=level)
            for theme in call.programme.themes.all()
        )
    return expert


def make_link(expert, dossier, *, state="open", **overrides):
    """A link the platform sees, settled when its state says so."""
    values = {"kind": "other", "score": "0.8", "evidence": []}
    if state != "open":
        values |= {
            "settled_by": make_user(), "settled_at": timezone.now(), "settled_because": "Vu.",
        }  # fmt: skip
    values |= overrides
    return DetectedLink.objects.create(expert=expert, dossier=dossier, state=state, **values)


def make_assignment(*, dossier=None, expert=None, declared=True, **overrides):
    dossier = dossier or make_dossier(state="in_review", call=make_call(state="reviewing"))
    expert = expert or make_expert(dossier.call)
    if declared:
        Interest.objects.create(
            expert=expert, dossier=dossier, kind=Interest.Kind.NONE, declared_by=expert.user
        )
    values = {
        "dossier": dossier,
        "expert": expert,
        "due_at": dossier.call.reviews_due_at,
        "assigned_by": make_user(),
        **overrides,
    }
    return Assignment.objects.create(**values)


def make_evaluation(*, assignment=None, scores=None, submitted=False, **overrides):
    """`scores` by criterion key; submitted ones are complete."""
    assignment = assignment or make_assignment()
    evaluation = Evaluation.objects.create(assignment=assignment, **overrides)
    given = scores or {}
    marks = {
        criterion: given.get(criterion.key, 3 if submitted else None)
        for criterion in assignment.dossier.call.criteria.all()
    }
    Score.objects.bulk_create(
        Score(
            evaluation=evaluation,
            criterion=criterion,
            value=value,
            comment="Argument." if value is not None else "",
        )
        for criterion, value in marks.items()
    )
    if submitted:
        evaluation.state = "submitted"
        evaluation.submitted_at = timezone.now()
        evaluation.save()
    return evaluation


def make_phase(call, *, since=-1, until=1, **rights):
    """A phase of this call, from and to so many days from now, whatever the state of the call."""
    now = timezone.now()
    rank = call.phases.count()
    with pgtrigger.ignore("reviews.Phase:phase_frozen"):
        return Phase.objects.create(
            call=call,
            rank=rank,
            name=f"Phase {rank + 1}",
            opens_at=now + timedelta(days=since),
            closes_at=now + timedelta(days=until),
            setup="independent",
            **rights,
        )
