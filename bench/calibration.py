"""`python -m bench.calibration`: how fast the scores of a call are corrected, and how well.

Planted worlds, always the same: quality, leniency and noise are drawn, the marks rounded to a fifth
of a point and kept between 0 and 5, as the weighted mean of five criteria is. `--write` keeps the
table in CALIBRATION.md.
"""

import argparse
import sys
import time
from pathlib import Path

import numpy as np
from scipy.stats import kendalltau

from bench.published import published
from reviews.panels.calibration import calibrate
from reviews.panels.ranking import HALF_WIDTH, rank
from reviews.panels.scores import Score

RESULTS = Path(__file__).with_name("CALIBRATION.md")
SIZES = (
    (3_334, 300, 3, 2.0),
    (2_000, 400, 5, 2.0),
    (20_000, 500, 5, 20.0),
    (33_334, 1_000, 3, 20.0),
)
DOSSIERS, REVIEWERS, EACH = 120, 30, 3
QUALITY, LENIENCY, NOISE = 0.6, 0.75, 0.6
MIDDLE = 2.5  # of a scale from 0 to 5
RUNS = 200


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--runs", type=int, default=RUNS)
    options = parser.parse_args()
    text = "\n\n".join(
        [HEAD, speed_table(), planted_table(options.runs), none_table(options.runs), published()]
    )
    print(text)
    if options.write:
        RESULTS.write_text(text + "\n", encoding="utf-8")


def world(draw, dossiers, reviewers, each, *, leniency):
    """The truth of each dossier, and marks from as many reviewers each, loads level."""
    truth = MIDDLE + draw.normal(0, QUALITY, dossiers)
    leanings = draw.normal(0, leniency, reviewers) if leniency else np.zeros(reviewers)
    scores = []
    for row, readers in enumerate(shared_out(draw, dossiers, reviewers, each)):
        for column in readers:
            mark = truth[row] + leanings[column] + draw.normal(0, NOISE)
            mark = float(np.clip(round(5 * mark) / 5, 0, 5))
            scores.append(Score(f"D{row:06}", f"R{column:05}", mark))
    return truth, tuple(scores)


def shared_out(draw, dossiers, reviewers, each):
    """Reviewers dealt round after round, no one twice on a dossier."""
    waiting = []
    for _row in range(dossiers):
        hand = []
        while len(hand) < each:
            waiting = waiting or draw.permutation(reviewers).tolist()
            free = next((one for one in waiting if one not in hand), None)
            if free is None:
                waiting = draw.permutation(reviewers).tolist()
                continue
            waiting.remove(free)
            hand.append(free)
        yield hand


def speed_table():
    lines = [
        "## Temps",
        "",
        "| notes | dossiers × experts × lectures | calcul | processeur | but |",
        "| --- | --- | --- | --- | --- |",
    ]
    for dossiers, reviewers, each, aim in SIZES:
        print(f"{dossiers} × {reviewers} × {each}…", file=sys.stderr)
        _truth, scores = world(
            np.random.default_rng(1), dossiers, reviewers, each, leniency=LENIENCY
        )
        wall, processor = time.perf_counter(), time.process_time()
        calibrate(scores)
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
        sign = "" if processor <= aim else " ⚠"
        lines.append(
            f"| {len(scores)} | {dossiers} × {reviewers} × {each} | {wall:.2f} s"
            f" | {processor:.2f} s{sign} | ≤ {aim:.0f} s |"
        )
    return "\n".join(lines)


def planted(runs):
    """Mean Kendall's tau with the truth before and after, and the share of intervals that hold."""
    before, after, covered = [], [], []
    for seed in range(runs):
        truth, scores = world(
            np.random.default_rng(1_000 + seed), DOSSIERS, REVIEWERS, EACH, leniency=LENIENCY
        )
        fit = calibrate(scores)
        before.append(kendalltau([one.raw for one in fit.dossiers], truth)[0])
        after.append(kendalltau([one.calibrated for one in fit.dossiers], truth)[0])
        inside = [
            abs(one.calibrated - at) <= HALF_WIDTH * one.se
            for one, at in zip(fit.dossiers, truth, strict=True)
        ]
        covered.append(np.mean(inside))
    return float(np.mean(before)), float(np.mean(after)), float(np.mean(covered))


def alike(runs):
    """Share of runs where no dossier moves by more than a place, and where one was corrected."""
    still, corrected = 0, 0
    for seed in range(runs):
        _truth, scores = world(
            np.random.default_rng(5_000 + seed), DOSSIERS, REVIEWERS, EACH, leniency=0
        )
        fit = calibrate(scores)
        orders = [{one.id: one.rank for one in rank(fit, method=m)} for m in ("raw", "calibrated")]
        still += max(abs(orders[0][name] - orders[1][name]) for name in orders[0]) <= 1
        corrected += fit.fallback is None
    return still / runs, corrected / runs


def planted_table(runs):
    before, after, cover = planted(runs)
    gain = after - before
    return "\n".join(
        [
            f"## Sévérité plantée (écart-type {LENIENCY} ; qualité {QUALITY}, aléa {NOISE})",
            "",
            f"{runs} tirages de {DOSSIERS} dossiers, {REVIEWERS} experts, {EACH} lectures.",
            "",
            "| mesure | valeur | but |",
            "| --- | --- | --- |",
            f"| τ de Kendall avec la vérité, moyenne brute | {before:.3f} | |",
            f"| τ de Kendall avec la vérité, note corrigée | {after:.3f} | |",
            f"| gain | {gain:+.3f}{mark(gain >= 0.10)} | ≥ 0,10 |",
            f"| intervalles à 90 % qui contiennent la vérité | {100 * cover:.1f} %"
            f"{mark(0.85 <= cover <= 0.95)} | 85 à 95 % |",
        ]
    )


def none_table(runs):
    still, corrected = alike(runs)
    return "\n".join(
        [
            "## Aucune sévérité plantée",
            "",
            f"{runs} tirages du même plan, experts tous semblables.",
            "",
            "| mesure | valeur | but |",
            "| --- | --- | --- |",
            f"| aucun dossier ne bouge de plus d’une place | {100 * still:.1f} %"
            f"{mark(still >= 0.95)} | ≥ 95 % |",
            f"| tirages où une correction est faite à tort | {100 * corrected:.1f} % | |",
        ]
    )


def mark(is_met):
    return "" if is_met else " ⚠"


HEAD = """# Calibration : vitesse et justesse

`python -m bench.calibration --write` écrit ce fichier, sans base de données. Le processeur fait foi
(la machine sert à d’autres) ; un seul fil d’algèbre linéaire, comme le site."""


if __name__ == "__main__":
    main()
