"""Simulated reviewers: each has a severity of their own, and they do not agree.

A mark is the worth of the dossier, less the reviewer's severity, plus what this reader saw in it
and what this criterion adds; rounded and kept on the scale. Severities spread by 0.6 of a grade,
as measured on real panels, so that calibration has something to correct.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from reviews.demonstration.chance import stream
from reviews.demonstration.stock import read

WORTH, WORTH_SD = 3.15, 0.65
SEVERITY_SD, READING_SD, CRITERION_SD = 0.6, 0.45, 0.55
DIVISIVE = 0.12  # share of dossiers on which readers differ by a lot
DIVISIVE_SD = 1.3


@dataclass(frozen=True)
class Opinion:
    """One reading: a mark and a comment by criterion key, and two conclusions."""

    marks: Mapping[str, int]
    comments: Mapping[str, str]
    strengths: str
    weaknesses: str
    confidence: int


class Jury:
    """Gives the same opinions for the same seed, whoever is asked first."""

    def __init__(self, seed: int, *, top: int):
        self.seed = seed
        self.top = top
        self.turns: dict[tuple, Iterator[str]] = {}

    def severity(self, expert: str) -> float:
        return stream(self.seed, "severity", expert).gauss(0, SEVERITY_SD)

    def worth(self, dossier: str) -> float:
        return stream(self.seed, "worth", dossier).gauss(WORTH, WORTH_SD)

    def spread(self, dossier: str) -> float:
        divisive = stream(self.seed, "spread", dossier).random() < DIVISIVE
        return DIVISIVE_SD if divisive else READING_SD

    def opinion(self, dossier: str, expert: str, level: int, criteria: list[str]) -> Opinion:
        chance = stream(self.seed, "opinion", dossier, expert)
        seen = self.worth(dossier) - self.severity(expert) + chance.gauss(0, self.spread(dossier))
        marks = {key: self.mark(seen, chance) for key in criteria}
        overall = round(sum(marks.values()) / len(marks))
        return Opinion(
            marks=marks,
            comments={key: self.say(expert, key, mark) for key, mark in marks.items()},
            strengths=self.say(expert, "strengths", overall),
            weaknesses=self.say(expert, "weaknesses", overall),
            confidence=min(3, max(1, level + chance.choice((-1, 0, 0)))),
        )

    def mark(self, seen: float, chance: Random) -> int:
        return min(self.top, max(0, round(seen + chance.gauss(0, CRITERION_SD))))

    def say(self, expert: str, about: str, mark: int) -> str:
        """An expert goes through what can be said before repeating themselves."""
        band = "low" if mark <= 2 else "mid" if mark == 3 else "high"
        key = (expert, about, band)
        if key not in self.turns:
            self.turns[key] = around(read("opinions")[about][band], stream(self.seed, *key))
        return next(self.turns[key])


def around(texts: list[str], chance: Random) -> Iterator[str]:
    while True:
        yield from chance.sample(texts, len(texts))
