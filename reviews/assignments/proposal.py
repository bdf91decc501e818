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
from reviews.assignments.problem import Problem
from reviews.assignments.situation import Situation, look_at
from reviews.assignments.statement import Statement, name_of

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
    statement: Statement
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
    def moved(self):
        """Readings given, not opened yet, that the answer takes back: as few as can be."""
        dropped = set(self.answer.dropped) if self.is_possible else set()
        references = self.statement.references
        return [
            a
            for a in self.situation.given
            if (references.get(a.dossier_id), f"E{a.expert_id}") in dropped
        ]

    @cached_property
    def load(self):
        """How many readings each expert ends with."""
        load = dict(self.situation.load)
        given = {(a.dossier_id, a.expert_id) for a in self.situation.given}
        for assignment in self.moved:
            load[assignment.expert_id] -= 1
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
    statement = Statement(call, situation)
    problem = statement.problem
    answer = assign(problem, seconds=SECONDS) if problem else None
    return Proposal(call, situation, statement, problem, answer)


def document_of(problem):
    return {
        "reviews_per_dossier": problem.reviews_per_dossier,
        "dossiers": list(problem.dossiers),
        "reviewers": [
            {
                "id": one.id,
                "min": one.least,
                "max": one.most,
                "group": one.group,
                "profile": one.profile,
            }
            for one in problem.reviewers
        ],
        "affinity": [list(row) for row in problem.affinity],
        "forbidden": sorted(map(list, problem.forbidden)),
        "fixed": sorted(map(list, problem.fixed)),
        "kept": sorted(map(list, problem.kept)),
        "floor": problem.floor,
        "max_per_group": problem.max_per_group,
        "max_per_profile": problem.max_per_profile,
    }


def sha256(document):
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
