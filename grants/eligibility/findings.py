"""A finding is one rule applied to one case, and explains itself without the code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol

from grants.eligibility.facts import LABELS
from grants.eligibility.rules import Certainty, Rule
from grants.eligibility.wording import day, listing, typeset

Fact = Decimal | int | str | bool | date | None


class Outcome(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    WARNING = "warning"
    UNKNOWN = "unknown"


class Authority(Protocol):
    """Where a threshold comes from: a rule of the book, or the caps of a call."""

    @property
    def reference(self) -> str: ...

    @property
    def certainty(self) -> Certainty: ...


@dataclass(frozen=True)
class Finding:
    rule: str
    outcome: Outcome
    sentence: str
    inputs: Mapping[str, Fact]
    threshold: Fact
    reference: str
    certainty: Certainty
    blocking: bool = True  # whether this rule alone can make the case ineligible
    missing: tuple[str, ...] = ()
    remedy: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "outcome": str(self.outcome),
            "sentence": self.sentence,
            "remedy": self.remedy,
            "inputs": {key: plain(value) for key, value in self.inputs.items()},
            "threshold": plain(self.threshold),
            "reference": self.reference,
            "certainty": str(self.certainty),
            "blocking": self.blocking,
            "missing": list(self.missing),
        }


def plain(value: Fact) -> Any:
    """Amounts and shares leave as decimal text: JSON numbers would pass through floats."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    return value


def conclude(
    rule: str,
    by: Authority,
    passed: bool | None,
    *,
    topic: str,
    yes: str,
    no: str,
    inputs: Mapping[str, Fact],
    threshold: Fact,
    missing: Sequence[str] = (),
    blocking: bool = True,
    remedy: str = "",
) -> Finding:
    """Turn an answer into a finding; a number nobody has verified warns and never blocks."""
    outcome = outcome_of(passed, by.certainty)
    sentence = {True: yes, False: no, None: _unknown(topic, missing)}[passed]
    if outcome == Outcome.WARNING:
        sentence += " Cette règle reste à confirmer : elle ne bloque pas la demande."
    return Finding(
        rule=rule,
        outcome=outcome,
        sentence=typeset(sentence),
        inputs=inputs,
        threshold=threshold,
        reference=by.reference,
        certainty=by.certainty,
        blocking=blocking,
        missing=tuple(missing) if passed is None else (),
        remedy=typeset(remedy) if passed is False else "",
    )


def outcome_of(passed: bool | None, certainty: Certainty) -> Outcome:
    if passed is None:
        return Outcome.UNKNOWN
    if passed:
        return Outcome.MET
    return Outcome.WARNING if certainty == Certainty.TO_VERIFY else Outcome.NOT_MET


def out_of_force(rule: str, text: Rule, topic: str, *, on: date, blocking: bool) -> Finding:
    """No version of the text holds that day: after its end nothing may rest on it."""
    ended = text.valid_to is not None and on > text.valid_to
    if ended:
        sentence = (
            f"{topic} : le texte n’est plus applicable depuis le {day(text.valid_to)} au soir "
            f"et aucun texte plus récent n’est enregistré pour le {day(on)}."
        )
    else:
        sentence = f"{topic} : aucune règle n’est enregistrée pour le {day(on)}."
    return Finding(
        rule=rule,
        outcome=Outcome.NOT_MET if ended else Outcome.UNKNOWN,
        sentence=typeset(sentence),
        inputs={"on": on},
        threshold=text.valid_to if ended else text.valid_from,
        reference=text.reference,
        certainty=Certainty.CERTAIN,
        blocking=blocking,
    )


def room_without_text(found: Finding) -> Decimal | None:
    """Nothing can be granted on an expired text; a text not yet loaded leaves it open."""
    return Decimal(0) if found.outcome == Outcome.NOT_MET else None


def absent(**facts: Fact | Sequence[object]) -> list[str]:
    """Paths of the facts that are missing: `absent(company__capital=None)`."""
    return [key.replace("__", ".") for key, value in facts.items() if value is None]


def every(answers: Sequence[bool | None]) -> bool | None:
    """All of them: one no decides, else one unknown leaves it open."""
    if any(answer is False for answer in answers):
        return False
    return None if any(answer is None for answer in answers) else True


def some(answers: Sequence[bool | None]) -> bool | None:
    """One of them: one yes decides, else one unknown leaves it open."""
    if any(answer is True for answer in answers):
        return True
    return None if any(answer is None for answer in answers) else False


def _unknown(topic: str, missing: Sequence[str]) -> str:
    wanted = listing([LABELS[path] for path in missing])
    return f"{topic} : impossible de répondre pour l’instant. Il manque {wanted}."
