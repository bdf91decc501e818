"""`python -m bench.assignment`: the assignment at three sizes, proven, timed and weighed.

No database. Each instance is drawn from a fixed seed (topics, 10 % of pairs forbidden, three
readings a dossier) and solved in a process of its own. `--sizes S,M` leaves the large ones out,
`--write` keeps the table.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

from bench import table
from reviews.assignments.matching import assign
from reviews.assignments.network import build, program, scale
from reviews.assignments.optimum import cheapest
from reviews.assignments.problem import Problem, Reviewer

RESULTS = table.RESULTS.with_name("ASSIGNMENT.md")
SHAPES = {"S": (100, 30, 12), "M": (1_000, 200, 18), "L": (5_000, 1_000, 18)}
READINGS, TOPICS, FORBIDDEN, NOISE = 3, 30, 0.1, 0.15
CHECKED_WHOLE = 200_000  # pairs up to which another solver is given the whole problem
CHILD = "from bench.assignment import measure; measure({name!r})"


@dataclass(frozen=True)
class Instance:
    """`published`: CPU seconds and megabytes of openreview-matcher on the same shape, if known."""

    size: str
    kind: str = "topic"
    least: int = 0
    floor: float | None = None
    published: tuple[float | None, int | None] = (None, None)


INSTANCES = {
    "S thèmes": Instance("S", published=(0.032, None)),
    "S uniforme": Instance("S", "uniform", published=(0.033, None)),
    "S thèmes, 8 au moins": Instance("S", least=8, published=(0.028, None)),
    "S thèmes, plancher 0,8": Instance("S", floor=0.8, published=(0.39, 76)),
    "M thèmes": Instance("M", published=(4.94, None)),
    "M uniforme": Instance("M", "uniform", published=(5.24, None)),
    "M thèmes, 8 au moins": Instance("M", least=8, published=(4.97, None)),
    "M thèmes, plancher 1,45": Instance("M", floor=1.45, published=(32.9, 116)),
    "L thèmes": Instance("L", published=(475.5, 1_367)),
    "L thèmes, 8 au moins": Instance("L", least=8),
    "L thèmes, plancher 1,6": Instance("L", floor=1.6, published=(966.9, 1_099)),
}


def main():
    options = arguments()
    found = {}
    for name, instance in INSTANCES.items():
        if instance.size in options.sizes:
            print(name, file=sys.stderr)
            found[name] = child(name)
    text = report(found)
    print(text)
    if options.write:
        RESULTS.write_text(text + "\n", encoding="utf-8")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="S,M,L", type=lambda text: text.split(","))
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


def child(name):
    done = subprocess.run(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-c", CHILD.format(name=name)], check=True, stdout=subprocess.PIPE
    )
    return json.loads(done.stdout)


def measure(name):
    instance = INSTANCES[name]
    problem = draw(instance)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    times = []
    for _turn in range({"S": 5, "M": 3, "L": 1}[instance.size]):
        start = time.process_time()
        answer = assign(problem, seconds=300)
        times.append(time.process_time() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    json.dump(
        {
            "seconds": sorted(times)[len(times) // 2],
            "total": answer.total,
            "worst": answer.worst,
            "under": len(answer.under_floor),
            "gap": answer.gap,
            "peak": peak // 1024,
            "added": (peak - before) // 1024,
            "proof": proof(problem, answer) if instance.floor is None else "",
        },
        sys.stdout,
    )


def draw(instance):
    dossiers, reviewers, most = SHAPES[instance.size]
    numbers = np.random.default_rng(2026)
    affinity = numbers.random((dossiers, reviewers))
    if instance.kind == "topic":
        ours, theirs = topics(numbers, dossiers, 2), topics(numbers, reviewers, 3)
        affinity = (1 - NOISE) * ours @ theirs.T + NOISE * affinity
    apart = np.argwhere(numbers.random(affinity.shape) < FORBIDDEN).tolist()
    names = tuple(f"D{place}" for place in range(dossiers))
    people = tuple(Reviewer(f"R{place}", instance.least, most) for place in range(reviewers))
    return Problem(
        reviews_per_dossier=READINGS,
        dossiers=names,
        reviewers=people,
        affinity=tuple(map(tuple, affinity.clip(0, 1).round(6).tolist())),
        forbidden=frozenset((names[d], people[r].id) for d, r in apart),
        floor=instance.floor,
    )


def topics(numbers, count, each):
    """Some topics are sought after, others rare; every row has length 1."""
    weights = 1 / np.sqrt(np.arange(1, TOPICS + 1))
    rows = np.zeros((count, TOPICS))
    for row in rows:
        chosen = numbers.choice(TOPICS, each, replace=False, p=weights / weights.sum())
        row[chosen] = numbers.uniform(0.5, 1, each)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def proof(problem, answer):
    """How far the total can be from the optimum, by prices over all pairs and by another solve."""
    network = build(problem)
    cost = np.concatenate([-network.gain, np.zeros(len(network.low) - network.arcs)])
    found = cheapest(network, cost, network.low, network.high)
    reduced = found.reduced
    lowest = np.minimum(reduced * network.low, reduced * network.high)
    bound = cost @ found.value - (reduced * found.value - lowest).sum()
    told = [f"borne duale {-bound / scale(problem):.6f}"]
    if network.arcs <= CHECKED_WHOLE:
        told.append(f"programme entier {whole(network, cost) / scale(problem):.6f}")
    return ", ".join(told) if abs(-bound / scale(problem) - answer.total) < 1e-6 else "ÉCART"


def whole(network, cost):
    """The same problem given at once to the interior point method."""
    part = program(network, np.arange(network.arcs), network.low, network.high)
    bounds = np.column_stack([network.low[part.columns], network.high[part.columns]])
    solved = linprog(
        cost[part.columns], A_eq=part.matrix, b_eq=part.right, bounds=bounds, method="highs-ipm"
    )
    return -solved.fun


def report(found):
    lines = [
        "# Mesures de l’affectation",
        "",
        "`python -m bench.assignment --write` écrit ce fichier. S : 100 dossiers et 30 experts, "
        "M : 1 000 et 200, L : 5 000 et 1 000 ; trois lectures par dossier, charge au plus 12, 18 "
        "et 18, une paire sur dix interdite, tirage fixe. Secondes de processeur (médiane de 5 à "
        "S, de 3 à M, une fois à L), construction du modèle et preuve comprises, dans un processus "
        "par ligne. « openreview » : les secondes et mégaoctets mesurés auparavant pour "
        "openreview-matcher (MinMax, ou FairFlow pour les planchers) sur des problèmes de même "
        "forme. L’optimum est prouvé dans le calcul lui-même : aucune paire laissée de côté "
        "n’améliorerait la somme. La dernière colonne le refait : la borne duale sur toutes les "
        "paires, et jusqu’à M le problème entier par une autre méthode (points intérieurs).",
        "",
        f"- Machine : {table.machine()}",
        f"- Charge pendant la mesure (1 min) : {os.getloadavg()[0]:.1f}",
        "",
        "| problème | CPU s | openreview | rapport | Mo | dont le calcul | openreview | total "
        "| pire dossier | sous le plancher | écart | preuve |",
        "| --- |" + " --- |" * 11,
    ]
    for name, row in found.items():
        seconds, memory = INSTANCES[name].published
        ratio = f"{seconds / row['seconds']:.1f} ×" if seconds else "—"
        lines.append(
            f"| {name} | {row['seconds']:.3f} | {seconds or '—'} | {ratio} | {row['peak']} "
            f"| {row['added']} | {memory or '—'} | {row['total']:.4f} | {row['worst']:.4f} "
            f"| {row['under']} | {row['gap']:.1e} | {row['proof'] or 'deux étapes'} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
