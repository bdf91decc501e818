"""A proposal of assignments: the problem stated, solved exactly, and told in words."""

import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from grants.core.wording import number
from reviews.assignments.affinity import affinity
from reviews.assignments.matching import Assignment as Answer
from reviews.assignments.matching import assign
from reviews.assignments.problem import Problem, Reviewer
from reviews.assignments.situation import Situation, look_at

# A dossier read by people who know its theme half-way on average is decently served.
FLOOR_PER_REVIEW = 0.5
SECONDS = 20.0


@dataclass(frozen=True)
class Choice:
    """One expert for one dossier, and why."""

    dossier: object
    expert: object
    affinity: Decimal
    because: str
    is_new: bool


@dataclass(frozen=True)
class Proposal:
    call: object
    situation: Situation
    problem: Problem | None  # None when there is nothing to assign
    answer: object  # matching.Assignment or shortage.Shortage; None without a problem

    @property
    def is_possible(self):
        return isinstance(self.answer, Answer)

    @cached_property
    def document(self):
        """The problem in the form `manage.py assign` reads: anybody can solve it again."""
        return document_of(self.problem) if self.problem else None

    @cached_property
    def problem_digest(self):
        return sha256(self.document)

    @cached_property
    def digest(self):
        """What is agreed to when this proposal is applied: problem and answer."""
        pairs = self.answer.pairs if self.is_possible else None
        return sha256([self.document, pairs])

    @cached_property
    def choices(self):
        return list(self.chosen()) if self.is_possible else []

    @cached_property
    def new(self):
        return [choice for choice in self.choices if choice.is_new]

    @cached_property
    def load(self):
        """How many readings each expert ends with."""
        load = dict(self.situation.load)
        given = {(a.dossier_id, a.expert_id) for a in self.situation.given}
        for dossier, expert in self.pairs:
            if (dossier.pk, expert.pk) not in given:
                load[expert.pk] = load.get(expert.pk, 0) + 1
        return load

    @cached_property
    def pairs(self):
        dossiers = {dossier.reference: dossier for dossier in self.situation.dossiers}
        experts = {name_of(expert): expert for expert in self.situation.experts}
        found = self.answer.pairs if self.is_possible else ()
        return [(dossiers[d], experts[r]) for d, r in found]

    def chosen(self):
        given = {(a.dossier_id, a.expert_id) for a in self.situation.given}
        for dossier, expert in self.pairs:
            levels = self.situation.levels(expert)
            is_new = (dossier.pk, expert.pk) not in given
            yield Choice(
                dossier=dossier,
                expert=expert,
                affinity=affinity(levels, dossier.theme_id),
                because=self.because(dossier, expert) if is_new else "",
                is_new=is_new,
            )

    def because(self, dossier, expert):
        seat = self.situation.seats[expert.pk]
        return why(dossier, expert, load=self.load[expert.pk], capacity=seat.capacity)


def why(dossier, expert, *, load, capacity):
    """The reasons for one reading, in words."""
    closeness = affinity({e.theme_id: e.level for e in expert.expertise.all()}, dossier.theme_id)
    known = next((e for e in expert.expertise.all() if e.theme_id == dossier.theme_id), None)
    if known is None:
        reason = _("Hors de ses thèmes déclarés (affinité %(affinity)s).")
    else:
        reason = _("Niveau « %(level)s » sur le thème %(theme)s (affinité %(affinity)s).")
    told = reason % {
        "level": known.get_level_display() if known else "",
        "theme": dossier.theme,
        "affinity": number(closeness, places=2),
    }
    rest = _("Aucun lien d’intérêt connu. Sa charge passe à %(load)d sur %(capacity)d.")
    return f"{told} {rest % {'load': load, 'capacity': capacity}}"


def propose(call):
    """State the problem of a call and solve it; nothing is stored."""
    situation = look_at(call)
    problem = state(call, situation)
    answer = assign(problem, seconds=SECONDS) if problem else None
    return Proposal(call, situation, problem, answer)


def state(call, situation):
    """Readings already given are fixed; dossiers with more than their number are left alone."""
    given = readers(situation)
    wanted = call.reviews_per_dossier
    dossiers = [d for d in situation.dossiers if len(given.get(d.pk, ())) <= wanted]
    if not any(len(given.get(d.pk, ())) < wanted for d in dossiers):
        return None
    asked = {dossier.pk for dossier in dossiers}
    elsewhere = {}
    for assignment in situation.given:
        if assignment.dossier_id not in asked:
            elsewhere[assignment.expert_id] = elsewhere.get(assignment.expert_id, 0) + 1
    return Problem(
        reviews_per_dossier=wanted,
        dossiers=tuple(dossier.reference for dossier in dossiers),
        reviewers=tuple(
            reviewer(expert, situation, elsewhere.get(expert.pk, 0)) for expert in situation.experts
        ),
        affinity=tuple(
            tuple(
                float(affinity(situation.levels(expert), dossier.theme_id))
                for expert in situation.experts
            )
            for dossier in dossiers
        ),
        forbidden=forbidden(dossiers, situation),
        fixed=fixed(dossiers, given, situation),
        floor=round(FLOOR_PER_REVIEW * wanted, 4),
        max_per_group=1 if groups_allow(situation) else None,
    )


def readers(situation):
    """Experts already reading each dossier."""
    given = {}
    for assignment in situation.given:
        given.setdefault(assignment.dossier_id, set()).add(assignment.expert_id)
    return given


def reviewer(expert, situation, elsewhere):
    """Somebody without a usable seat keeps what they have and gets nothing more."""
    held = situation.load[expert.pk] - elsewhere
    seat = situation.seats.get(expert.pk)
    free = max(seat.capacity - elsewhere, 0) if seat else 0
    return Reviewer(id=name_of(expert), least=0, most=max(free, held), group=house_of(expert))


def forbidden(dossiers, situation):
    names = {expert.pk: name_of(expert) for expert in situation.experts}
    return frozenset(
        (dossier.reference, names[expert])
        for dossier in dossiers
        for expert in names
        if (dossier.pk, expert) in situation.conflicts
    )


def fixed(dossiers, given, situation):
    names = {expert.pk: name_of(expert) for expert in situation.experts}
    return frozenset(
        (dossier.reference, names[expert])
        for dossier in dossiers
        for expert in given.get(dossier.pk, ())
    )


def groups_allow(situation):
    """Two readers of one house may already sit on a dossier: then that rule is given up."""
    houses = {expert.pk: house_of(expert) for expert in situation.experts}
    taken = [(a.dossier_id, houses[a.expert_id]) for a in situation.given]
    return len(taken) == len(set(taken))


def name_of(expert):
    return f"E{expert.pk}"


def house_of(expert):
    return expert.siren or " ".join(expert.organisation.casefold().split())


def document_of(problem):
    return {
        "reviews_per_dossier": problem.reviews_per_dossier,
        "dossiers": list(problem.dossiers),
        "reviewers": [
            {"id": one.id, "min": one.least, "max": one.most, "group": one.group}
            for one in problem.reviewers
        ],
        "affinity": [list(row) for row in problem.affinity],
        "forbidden": sorted(map(list, problem.forbidden)),
        "fixed": sorted(map(list, problem.fixed)),
        "floor": problem.floor,
        "max_per_group": problem.max_per_group,
    }


def sha256(document):
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
