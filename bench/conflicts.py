"""`python -m bench.conflicts`: how many planted links are found, how many found are links, and
whether anybody is ever assigned against one. Needs no database. `--write` keeps the table.
"""

import argparse
import time
from collections import Counter
from pathlib import Path
from random import Random

from bench import table
from bench.planted import YEAR, Planted, Sower
from reviews.assignments.matching import Assignment, assign
from reviews.assignments.problem import Problem, Reviewer
from reviews.links.detector import Detector

RESULTS = Path(table.__file__).with_name("CONFLICTS.md")
SEEDS = range(1, 6)
RUNS = 10_000
RECALL, PRECISION = 0.95, 0.70
INTRO = """\
# Liens d’intérêt repérés

`python -m bench.conflicts --write` écrit ce fichier. Cinq jeux de 60 experts et 250 entreprises :
375 liens plantés (25 par nature, écrits comme les gens écrivent : ordre, capitales, accents,
abréviations, lettres échangées) et 56 pièges qui n’en sont pas. Objectifs : rappel ≥ 95 %,
précision ≥ 70 %, aucune affectation contre un lien en 10 000 tirages.

- Machine : {machine}
- Date : {date}

"""


def main():
    options = arguments()
    text = report(options.runs)
    print(text)
    if options.write:
        RESULTS.write_text(text, encoding="utf-8")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


def found_in(planted: Planted) -> set[tuple[int, int]]:
    findings = Detector(planted.companies, year=YEAR).findings(planted.experts)
    return {(one.expert, one.dossier) for one in findings}


class Tally:
    """Sums over the sets: planted, found, seen of each kind, traps fallen into."""

    def __init__(self):
        self.planted, self.seen = Counter(), Counter()
        self.set_up, self.fallen = Counter(), Counter()
        self.found = self.true = 0
        self.seconds = 0.0

    def add(self, planted: Planted) -> None:
        begun = time.perf_counter()
        found = found_in(planted)
        self.seconds += time.perf_counter() - begun
        self.found += len(found)
        self.true += len(found & set(planted.links))
        for pair, kind in planted.links.items():
            self.planted[kind] += 1
            self.seen[kind] += pair in found
        for pair, kind in planted.traps.items():
            self.set_up[kind] += 1
            self.fallen[kind] += pair in found

    @property
    def recall(self) -> float:
        return sum(self.seen.values()) / sum(self.planted.values())

    @property
    def precision(self) -> float:
        return self.true / self.found


def measure() -> Tally:
    tally = Tally()
    for seed in SEEDS:
        tally.add(Sower(seed).sow())
    return tally


def conflicted_runs(runs: int) -> tuple[int, int, int]:
    """Small calls drawn at random and assigned: pairs given, calls impossible, pairs conflicted."""
    given = impossible = conflicted = 0
    planted = Sower(99, experts=12, companies=30).sow(each=3, trap_each=1)
    detector_pairs = found_in(planted)
    chance = Random(7)  # noqa: S311 - reproducible, not secret
    for _ in range(runs):
        experts = chance.sample(planted.experts, chance.randint(3, 8))
        dossiers = chance.sample(planted.companies, chance.randint(1, 8))
        apart = {
            (f"D{d.id}", f"E{e.id}")
            for d in dossiers
            for e in experts
            if (e.id, d.id) in detector_pairs
        }
        answer = assign(problem(chance, dossiers, experts, apart))
        if not isinstance(answer, Assignment):
            impossible += 1
            continue
        given += len(answer.pairs)
        conflicted += len(apart & set(answer.pairs))
    return given, impossible, conflicted


def problem(chance, dossiers, experts, apart) -> Problem:
    return Problem(
        reviews_per_dossier=chance.randint(1, 3),
        dossiers=tuple(f"D{one.id}" for one in dossiers),
        reviewers=tuple(Reviewer(f"E{one.id}", 0, chance.randint(1, 9)) for one in experts),
        affinity=tuple(tuple(chance.random() for _ in experts) for _ in dossiers),
        forbidden=frozenset(apart),
    )


def report(runs: int) -> str:
    tally = measure()
    given, impossible, conflicted = conflicted_runs(runs)
    head = INTRO.format(machine=table.machine(), date=table.today())
    lines = [
        "| mesure | valeur | objectif |",
        "| --- | --- | --- |",
        f"| rappel | {share(tally.recall)}{mark(tally.recall >= RECALL)} | ≥ 95 % |",
        f"| précision | {share(tally.precision)}{mark(tally.precision >= PRECISION)} | ≥ 70 % |",
        f"| affectations contre un lien, {runs} tirages | {conflicted}{mark(not conflicted)} | 0 |",
        f"| lectures données dans ces tirages (sans solution : {impossible}) | {given} | |",
        f"| repérage d’un jeu (15 000 paires) | {tally.seconds / len(SEEDS):.2f} s | |",
        "",
        "| lien planté | repéré |",
        "| --- | --- |",
        *(f"| {kind} | {tally.seen[kind]} sur {n} |" for kind, n in tally.planted.items()),
        "",
        "| piège | pris pour un lien |",
        "| --- | --- |",
        *(f"| {kind} | {tally.fallen[kind]} sur {n} |" for kind, n in tally.set_up.items()),
        "",
    ]
    return head + "\n".join(lines)


def share(value: float) -> str:
    return f"{100 * value:.1f} %"


def mark(is_met: bool) -> str:
    return "" if is_met else " ⚠"


if __name__ == "__main__":
    main()
