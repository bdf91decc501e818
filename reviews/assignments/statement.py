"""The problem put to the solver: what the data and the officers’ wishes ask for.

Readings whose expert has opened the dossier are fixed, those of experts without a usable seat too;
the others are kept as far as can be. What a wish asks against a rule is left out and told.
"""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reviews.assignments.affinity import affinity
from reviews.assignments.problem import Problem, Reviewer
from reviews.assignments.rules import Wish

# A dossier read by people who know its theme half-way on average is decently served.
FLOOR_PER_REVIEW = 0.5


@dataclass(frozen=True)
class Unmet:
    """A wish that cannot be granted, and why."""

    wish: Wish
    because: str


class Statement:
    """Built once per proposal; `problem` is None when every dossier has its readers."""

    def __init__(self, call, situation):
        self.situation = situation
        self.wanted = call.reviews_per_dossier
        self.names = {expert.pk: name_of(expert) for expert in situation.experts}
        self.experts = {expert.pk: expert for expert in situation.experts}
        counted = Counter(a.dossier_id for a in situation.given)
        self.dossiers = [d for d in situation.dossiers if counted[d.pk] <= self.wanted]
        self.references = {d.pk: d.reference for d in self.dossiers}
        self.elsewhere = Counter(
            a.expert_id for a in situation.given if a.dossier_id not in self.references
        )
        self.refused = {
            (wish.dossier_id, wish.expert_id)
            for wish in situation.wishes
            if wish.kind == Wish.Kind.REFUSED
        }
        self.unmet = []
        self.fixed = self.fix()
        full = all(counted[d.pk] == self.wanted for d in self.dossiers)
        self.problem = None if full and not self.asks_for_more() else self.state()

    def asks_for_more(self):
        given = {(a.dossier_id, a.expert_id) for a in self.situation.given}
        return bool(self.fixed - given)

    def state(self):
        experts = self.situation.experts
        levels = [self.situation.levels(expert) for expert in experts]
        alike = self.limits
        return Problem(
            reviews_per_dossier=self.wanted,
            dossiers=tuple(self.references.values()),
            reviewers=tuple(map(self.reviewer, experts)),
            affinity=tuple(
                tuple(float(affinity(known, dossier.theme_id)) for known in levels)
                for dossier in self.dossiers
            ),
            forbidden=self.named((self.situation.conflicts | self.refused) - self.fixed),
            fixed=self.named(self.fixed),
            kept=self.named(
                {(a.dossier_id, a.expert_id) for a in self.situation.given} - self.fixed
            ),
            floor=round(FLOOR_PER_REVIEW * self.wanted, 4),
            max_per_group=alike["house"] if self.allows("house") else None,
            max_per_profile=alike["profile"] if self.allows("profile") else None,
        )

    @property
    def limits(self):
        rules = self.situation.rules
        return {"house": rules.per_house, "profile": rules.per_profile}

    @property
    def refusals(self):
        """Pairs forbidden only because an officer asked for it."""
        return self.named(self.refused - self.situation.conflicts)

    def named(self, pairs):
        return frozenset(
            (self.references[dossier], self.names[expert])
            for dossier, expert in pairs
            if dossier in self.references and expert in self.names
        )

    def fix(self):
        """Started readings, then the wishes that break no rule with what is fixed before them."""
        seats, started = self.situation.seats, self.situation.started
        fixed = {
            (a.dossier_id, a.expert_id)
            for a in self.situation.given
            if a.dossier_id in self.references
            and ((a.dossier_id, a.expert_id) in started or a.expert_id not in seats)
        }
        for wish in self.situation.wishes:
            pair = wish.dossier_id, wish.expert_id
            if wish.kind != Wish.Kind.WANTED or pair in fixed or pair[0] not in self.references:
                continue
            obstacle = self.obstacle(pair, fixed)
            if obstacle:
                self.unmet.append(Unmet(wish, obstacle))
            else:
                fixed.add(pair)
        return fixed

    def obstacle(self, pair, fixed):
        dossier, expert = pair
        beside = [self.experts[e] for d, e in fixed if d == dossier]
        if pair in self.situation.conflicts:
            return _("l’expert a un lien avec l’entreprise.")
        if expert not in self.situation.seats:
            return _("l’expert n’a pas de place utilisable dans cet appel.")
        if len(beside) >= self.wanted:
            return _("d’autres lecteurs occupent déjà toutes les places du dossier.")
        load = sum(e == expert for _d, e in fixed) + self.elsewhere[expert]
        if load >= self.situation.seats[expert].capacity:
            return _("l’expert a déjà toute sa charge.")
        if self.too_alike(self.experts[expert], beside):
            return _("trop de lecteurs du même organisme ou du même profil.")
        return ""

    def too_alike(self, expert, beside):
        return any(
            limit is not None
            and self.kind_of(expert, by)
            and sum(self.kind_of(one, by) == self.kind_of(expert, by) for one in beside) >= limit
            for by, limit in self.limits.items()
        )

    def kind_of(self, expert, by):
        if by == "house":
            return house_of(expert)
        rule = rule_of(self.situation.seats.get(expert.pk))
        return rule.profile if rule else ""

    def allows(self, by):
        """Readings that stay may already break a rule of likeness: then that rule is given up."""
        limit = self.limits[by]
        together = Counter((d, self.kind_of(self.experts[e], by)) for d, e in self.fixed)
        return limit is not None and all(n <= limit for (_d, kind), n in together.items() if kind)

    def reviewer(self, expert):
        """Somebody without a usable seat keeps what they have and gets nothing more."""
        seat = self.situation.seats.get(expert.pk)
        elsewhere = self.elsewhere[expert.pk]
        held = sum(e == expert.pk for _d, e in self.fixed)
        most = max(seat.capacity - elsewhere if seat else 0, held)
        rule = rule_of(seat)
        least = min(max(rule.least - elsewhere, 0), most) if rule else 0
        return Reviewer(
            id=self.names[expert.pk],
            least=least,
            most=most,
            group=house_of(expert) or None,
            profile=self.kind_of(expert, "profile") or None,
        )


def rule_of(seat):
    return getattr(seat, "rule", None) if seat else None


def name_of(expert):
    return f"E{expert.pk}"


def house_of(expert):
    return expert.siren or " ".join(expert.organisation.casefold().split())
