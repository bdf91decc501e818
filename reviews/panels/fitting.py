"""The variances of the crossed model, and what speaks for reviewers being unlike.

They minimise the REML criterion as lme4 writes it (Bates et al. 2015, J. Stat. Softw. 67:1): -2 log
of the restricted likelihood. Standard deviations in the unit of the scores.
"""

import numpy as np

from grants.core.late import optimize
from reviews.panels.covariance import Floats
from reviews.panels.mixed_model import HIGHEST, LOWEST, Design, Deviations, Equations
from reviews.panels.restricted import Restricted

FLAT = 1e-7
STARTS = ([-0.3, -0.6], [-2.0, 1.0], [1.0, -2.0])
FEW = 400  # reviewers (or dossiers): beyond, the criterion is regular and each value is dear
STEPS, NEAR, SHARP = 4, 1e-4, 1e-9


def estimate(design: Design) -> Deviations:
    """Standard deviations that minimise the REML criterion; 0 for an effect that is not there.

    L-BFGS by the exact slope, then Newton's method on the slope itself: the criterion is flat at
    its minimum, the slope is not, so that eleven digits hold whatever the order of the sums.
    """
    criterion = restricted(design)
    logs = _sharpened(criterion, _lowest(criterion))
    for place in (0, 1):
        without = _without(criterion, logs, place)
        if criterion.at(without)[0] <= criterion.at(logs)[0] + FLAT:
            logs = without
    first, second = np.exp(-2 * logs)
    equations = Equations(design, float(first), float(second))
    noise = float(np.sqrt(equations.squares / equations.free))
    effect = [0.0 if log <= LOWEST else noise * float(np.exp(log)) for log in logs]
    return Deviations(effect[0], effect[1], noise)


def severity_evidence(design: Design, deviations: Deviations) -> float:
    """By how much the criterion rises once reviewers are taken to be all alike; 0 at least."""
    criterion = restricted(design)
    noise = deviations.residual
    logs = np.array(
        [
            np.log(max(one / noise, np.exp(LOWEST)))
            for one in (deviations.dossier, deviations.reviewer)
        ]
    )
    start = np.array([logs[0], LOWEST])
    bounds = [(LOWEST, HIGHEST), (LOWEST, LOWEST)]
    found = optimize.minimize(criterion.at, start, jac=True, method="L-BFGS-B", bounds=bounds)
    return max(0.0, float(found.fun) - criterion.at(logs)[0])


def restricted(design: Design) -> Restricted:
    centred = design.value - design.centre
    return Restricted(
        design.cross,
        design.by_dossier(centred),
        design.by_reviewer(centred),
        float(design.weight @ centred**2),
    )


def _lowest(criterion: Restricted) -> Floats:
    """The best of the minima found from each start."""
    bounds = [(LOWEST, HIGHEST)] * 2
    starts = STARTS if len(criterion.small) <= FEW else STARTS[:1]
    found = [
        optimize.minimize(criterion.at, start, jac=True, method="L-BFGS-B", bounds=bounds)
        for start in starts
    ]
    best = min(found, key=lambda one: float(one.fun))
    return np.clip(np.asarray(best.x, dtype=np.float64), LOWEST, HIGHEST)


def _sharpened(criterion: Restricted, logs: Floats) -> Floats:
    """A few steps of Newton's method, the second derivatives by differences of the slope."""
    for _step in range(STEPS):
        slope = criterion.at(logs)[1]
        inside = (logs > LOWEST + 2) & (logs < HIGHEST - 2)
        if not inside.any():
            return logs
        places = np.flatnonzero(inside)
        bend = np.column_stack(
            [(criterion.at(logs + NEAR * np.eye(2)[place])[1] - slope) / NEAR for place in places]
        )[places]
        if not np.linalg.det(bend) > 0:
            return logs
        moved = np.zeros(2)
        moved[places] = -np.linalg.solve(bend, slope[places])
        if np.abs(moved).max() > 0.1:  # not near a minimum: what was found stands
            return logs
        logs = logs + moved
        if np.abs(moved).max() < SHARP:
            break
    return np.asarray(logs, dtype=np.float64)


def _without(criterion: Restricted, logs: Floats, place: int) -> Floats:
    """The other effect at its best once this one is nothing."""
    start = logs.copy()
    start[place] = LOWEST
    bounds = [(LOWEST, HIGHEST)] * 2
    bounds[place] = (LOWEST, LOWEST)
    if logs[place] > -3:  # far from nothing: its own value would show it
        return start
    found = optimize.minimize(criterion.at, start, jac=True, method="L-BFGS-B", bounds=bounds)
    return _sharpened(criterion, np.asarray(found.x, dtype=np.float64))
