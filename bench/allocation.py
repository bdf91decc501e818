"""`python -m bench.allocation`: the allocation against the clock, against trying everything, and
against the cent.

No database. Instances are drawn from fixed seeds. `--quick` draws a tenth of the small cases,
`--write` keeps the table.
"""

import argparse
import os
import time
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np

from bench import table
from grants.decisions.allocation import allocate
from grants.decisions.problem import Conflict, Line, Option, Payment, Problem, Rule

RESULTS = table.RESULTS.with_name("ALLOCATION.md")
THEMES = ["energy", "mobility", "health", "environment", "housing"]
DEPARTMENTS = ["09", "11", "12", "30", "31", "32", "34", "46", "48", "65", "66", "81", "82"]
SHARES = (("2027", 5_000), ("2028", 3_000))


@dataclass(frozen=True)
class Kind:
    name: str
    mode: str
    ties: str = "none"
    options: bool = False
    tied_scores: bool = False


KINDS = [
    Kind("ordre du classement", "rank"),
    Kind("ordre et ex aequo", "rank", ties="score", tied_scores=True),
    Kind("portefeuille, tout ou rien", "portfolio"),
    Kind("portefeuille, notes entières", "portfolio", tied_scores=True),
    Kind("portefeuille, trois montants", "portfolio", options=True),
]


def main():
    options = arguments()
    scale = 10 if options.quick else 1
    parts = [
        intro(),
        clock([300, 2_000]),
        "",
        against_everything(500 // scale),
        to_the_cent(10_000 // scale),
    ]
    text = "\n".join(parts)
    print(text)
    if options.write:
        RESULTS.write_text(text + "\n", encoding="utf-8")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


def drawn(size, kind, seed=2026):
    """A region's call: ten floors, ten caps on themes and places, eight on departments, payments
    of two years, at most so many awards, one award per group."""
    numbers = np.random.default_rng(seed)
    asked = numbers.integers(20, 200, size) * 1_000_00
    scores = np.sort(numbers.uniform(40, 100, size))[::-1].round(0 if kind.tied_scores else 2)
    lines = tuple(
        Line(
            f"D{place:04}",
            int(asked[place]),
            minimum=int(asked[place]) // 3,
            ceiling=int(asked[place] * 0.8) if place % 11 == 0 else None,
            score=float(scores[place]),
            theme=THEMES[int(numbers.integers(5))],
            department=DEPARTMENTS[int(numbers.integers(13))],
            group=f"G{int(numbers.integers(size * 10))}",
            options=choices(int(asked[place]), float(scores[place])) if kind.options else None,
            shares=SHARES,
        )
        for place in range(size)
    )
    envelope = int(asked.sum()) // 4
    return Problem(
        envelope,
        lines,
        mode=kind.mode,
        ties=kind.ties,
        floors=tuple(floors(envelope)),
        caps=tuple(caps(envelope)),
        max_awards=int(size * 0.3),
        payments=(Payment("2027", envelope * 48 // 100), Payment("2028", envelope * 30 // 100)),
    )


def choices(asked, score):
    return tuple(
        Option(asked * part // 10, round(score * asked / 1e6 * (part / 10) ** 0.8, 4))
        for part in (6, 8, 10)
    )


def floors(envelope):
    for theme in THEMES:
        yield Rule((("theme", theme),), envelope * 10 // 100)
    for department in DEPARTMENTS[:5]:
        yield Rule((("department", department),), envelope * 3 // 100)


def caps(envelope):
    for theme in THEMES:
        yield Rule((("theme", theme),), envelope * 27 // 100)
    for theme, department in zip(THEMES, DEPARTMENTS[5:], strict=False):
        yield Rule((("department", department), ("theme", theme)), envelope * 4 // 100)
    for department in DEPARTMENTS[5:]:
        yield Rule((("department", department),), envelope * 12 // 100)


def clock(sizes):
    lines = [
        "| dossiers | calcul | secondes | CPU s | retenus | reste € | optimum prouvé "
        "| même liste deux fois |",
        "| --- |" + " --- |" * 7,
    ]
    for size, kind in product(sizes, KINDS):
        problem = drawn(size, kind)
        start, used = time.perf_counter(), time.process_time()
        answer = allocate(problem)
        wall, cpu = time.perf_counter() - start, time.process_time() - used
        same = "oui" if size > 300 or allocate(problem) == answer else "NON"
        lines.append(
            f"| {size} | {kind.name} | {wall:.2f} | {cpu:.2f} | {len(answer.awards)} "
            f"| {answer.left / 100:,.0f} | {'oui' if answer.optimal else 'NON'} "
            f"| {same if size <= 300 else '—'} |"
        )
    return "\n".join(lines)


def against_everything(cases):
    """Portfolios of up to 18 dossiers: the best of every subset, and the first by rank among
    equals."""
    numbers = np.random.default_rng(7)
    wrong = 0
    for _case in range(cases):
        problem = small(numbers, int(numbers.integers(6, 19)))
        answer = allocate(problem)
        best = best_subset(problem)
        got = None if isinstance(answer, Conflict) else paid(problem, answer)
        wrong += got != best
    tried = f"- {cases} portefeuilles de 6 à 18 dossiers contre tous les sous-ensembles"
    return f"{tried} : {wrong} écart."


def small(numbers, size):
    lines = tuple(
        Line(
            f"D{place:02}",
            int(numbers.integers(1, 20_000_000)),
            score=float(numbers.integers(30, 100)),
            theme=THEMES[int(numbers.integers(3))],
            department=DEPARTMENTS[int(numbers.integers(3))],
            group=f"G{int(numbers.integers(size))}" if numbers.random() < 0.3 else None,
        )
        for place in range(size)
    )
    total = sum(line.asked for line in lines)
    return Problem(
        int(total * numbers.uniform(0.15, 0.8)),
        lines,
        mode="portfolio",
        floors=(Rule((("theme", THEMES[0]),), int(total * numbers.uniform(0, 0.1))),),
        caps=(Rule((("department", DEPARTMENTS[0]),), int(total * numbers.uniform(0.05, 0.5))),),
        max_awards=int(numbers.integers(1, size + 1)),
    )


def best_subset(problem):
    """Every subset at once, as bits; the greatest total, then the first by rank. None: none."""
    size = len(problem.lines)
    bits = (np.arange(2**size)[:, None] >> np.arange(size)[::-1]) & 1
    amounts = np.array([line.payable for line in problem.lines], dtype=np.int64)
    kept = bits @ amounts <= problem.envelope
    for rule, least in [(one, True) for one in problem.floors] + [
        (one, False) for one in problem.caps
    ]:
        total = bits @ (amounts * [rule.covers(line) for line in problem.lines])
        kept &= total >= rule.amount if least else total <= rule.amount
    kept &= bits.sum(axis=1) <= problem.max_awards
    for one, other in combinations(range(size), 2):
        group = problem.lines[one].group
        if group is not None and group == problem.lines[other].group:
            kept &= bits[:, one] + bits[:, other] <= 1
    if not kept.any():
        return None
    worth = bits @ np.array([int(line.score) for line in problem.lines])
    best = np.flatnonzero(kept & (worth == worth[kept].max())).max()
    return tuple(int(one) for one in bits[best] * amounts)


def paid(problem, answer):
    amounts = {award.id: award.amount for award in answer.awards}
    return tuple(amounts.get(line.id, 0) for line in problem.lines)


def to_the_cent(cases):
    """Random problems of every kind, to the cent: nothing beyond any limit."""
    numbers = np.random.default_rng(11)
    over, worst, impossible = 0, 0, 0
    for case in range(cases):
        problem = odd(numbers, case)
        answer = allocate(problem)
        if isinstance(answer, Conflict):
            impossible += 1
            continue
        excess = beyond(problem, answer)
        over += excess > 0
        worst = max(worst, excess)
    return (
        f"- {cases} problèmes tirés au sort, au centime ({impossible} impossibles, dits tels) : "
        f"{over} dépassement, au plus {worst / 100:.2f} €."
    )


def odd(numbers, case):
    size = int(numbers.integers(1, 13))
    problem = small(numbers, size)
    lines = tuple(
        Line(
            line.id,
            line.asked,
            minimum=int(line.asked * numbers.uniform(0.2, 1)),
            ceiling=int(line.asked * numbers.uniform(0.3, 1.2)),
            score=line.score,
            theme=line.theme,
            department=line.department,
            group=line.group,
            shares=SHARES if case % 3 == 0 else (),
        )
        for line in problem.lines
    )
    return Problem(
        problem.envelope,
        lines,
        mode="portfolio" if case % 4 == 0 else "rank",
        floors=problem.floors,
        caps=problem.caps,
        max_awards=problem.max_awards,
        ties=["none", "score"][case % 2],
        payments=(Payment("2027", problem.envelope // 3),) if case % 3 == 0 else (),
    )


def beyond(problem, answer):
    """Cents over the worst limit (or short of a floor)."""
    amounts = paid(problem, answer)
    pairs = list(zip(problem.lines, amounts, strict=True))
    excess = [sum(amounts) - problem.envelope]
    excess += [amount - line.payable for line, amount in pairs]
    excess += [sum(a for line, a in pairs if r.covers(line)) - r.amount for r in problem.caps]
    excess += [r.amount - sum(a for line, a in pairs if r.covers(line)) for r in problem.floors]
    for payment in problem.payments:
        shared = sum(a * line.share(payment.year) for line, a in pairs)
        excess.append(-(-(shared - payment.amount * 10_000) // 10_000))
    return max(excess)


def intro():
    return "\n".join(
        [
            "# Mesures de la répartition",
            "",
            "`python -m bench.allocation --write` écrit ce fichier. Chaque problème porte trente "
            "contraintes : dix planchers, dix-huit plafonds par thème et département, deux "
            "exercices de crédits de paiement, un nombre de lauréats, une aide par groupe, et "
            "l’enveloppe au quart des demandes. Le temps va du problème à la liste unique, preuve "
            "comprise, sur un fil. Sous 18 dossiers, tous les sous-ensembles sont essayés : même "
            "liste, départage entre optimums égaux compris.",
            "",
            f"- Machine : {table.machine()}",
            f"- Charge pendant la mesure (1 min) : {os.getloadavg()[0]:.1f}",
            "",
        ]
    )


if __name__ == "__main__":
    main()
