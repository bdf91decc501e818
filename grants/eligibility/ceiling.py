"""The largest aid possible, and the rule that holds it there."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Any

from grants.eligibility.caps import Caps, Severity
from grants.eligibility.facts import AidForm, Project
from grants.eligibility.findings import Finding, Outcome, plain
from grants.eligibility.wording import euros, percent, typeset

CENT = Decimal("0.01")
ABOUT_THE_AMOUNT = {
    "aid_rate", "aid_total", "grant_part", "own_funds",
    "de_minimis", "gber_22", "gber_25", "state_aid",
}  # fmt: skip


@dataclass(frozen=True)
class Ceiling:
    """`complete` is false while a missing fact could still lower the amount."""

    amount: Decimal
    rule: str
    sentence: str
    complete: bool

    def as_json(self) -> dict[str, Any]:
        return {
            "amount": plain(self.amount),
            "rule": self.rule,
            "sentence": self.sentence,
            "complete": self.complete,
        }


@dataclass(frozen=True)
class Bound:
    amount: Decimal | None
    rule: str
    reason: str


def ceiling_of(
    project: Project, caps: Caps, findings: Sequence[Finding], state_aid: Decimal | None
) -> Ceiling:
    """Zero when a rule that no smaller amount can mend is broken; else the lowest bound."""
    for found in findings:
        broken = found.blocking and found.outcome == Outcome.NOT_MET
        if broken and found.rule not in ABOUT_THE_AMOUNT:
            return Ceiling(Decimal("0.00"), found.rule, found.sentence, complete=True)
    bounds = _bounds(project, caps, state_aid)
    known = [(bound.amount, bound) for bound in bounds if bound.amount is not None]
    amount, lowest = min(known, key=lambda pair: pair[0])
    amount = max(amount, Decimal(0)).quantize(CENT, ROUND_DOWN)
    return Ceiling(
        amount=amount,
        rule=lowest.rule,
        sentence=typeset(f"Aide maximale : {euros(amount)} ({lowest.reason})."),
        complete=len(known) == len(bounds) and project.form is not None,
    )


def _bounds(project: Project, caps: Caps, state_aid: Decimal | None) -> list[Bound]:
    base = project.eligible_base
    bounds = [
        Bound(caps.total, "aid_total", "plafond de l’aide"),
        Bound(
            None if base is None else base * caps.rate,
            "aid_rate",
            f"{percent(caps.rate)} de l’assiette éligible",
        ),
        Bound(state_aid, "state_aid", "reste possible au titre des aides d’État"),
    ]
    if project.form == AidForm.GRANT:
        bounds.insert(0, Bound(caps.grant, "grant_part", "plafond de la subvention"))
    if caps.own_funds == Severity.BLOCKING:
        bounds.append(Bound(project.own_funds, "own_funds", "fonds propres et quasi-fonds propres"))
    return bounds
