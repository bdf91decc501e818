"""Scores corrected for the severity of whoever gave them, when that can honestly be measured.

The crossed model of `mixed_model` is fitted by REML. It corrects only if every score can be
compared with every other (graph in one piece), reviewers have scored enough dossiers (median of
5), and a difference of severity shows that chance would not (1 %). Otherwise the raw weighted means
stand and `fallback` says why, in French, for the screen and the decision.
"""

from dataclasses import dataclass

import numpy as np

from reviews.assignments.graph import pieces
from reviews.panels.covariance import Covariance
from reviews.panels.fitting import estimate, severity_evidence
from reviews.panels.mixed_model import Design, Deviations, Floats, design_of, predict
from reviews.panels.scores import Score, check_scores

LEAST_MEDIAN_LOAD = 5
# REML likelihood ratio that reviewers all alike exceed once in a hundred: half a chi-squared with
# one degree of freedom, the variance being at its bound (Self and Liang 1987, JASA 82:605).
LEAST_EVIDENCE = 5.411894431054342


@dataclass(frozen=True)
class DossierScore:
    """One dossier, in the unit of the scores.

    `calibrated` is mean + effect, or `raw` in a fallback; `se` is the standard error of the effect,
    the uncertainty of the mean included, or None where no dossier has two scores.
    """

    id: str
    raw: float
    calibrated: float
    effect: float
    se: float | None
    reviews: int


@dataclass(frozen=True)
class Severity:
    """What was measured and taken off a reviewer's scores: above 0, generous; below, severe.

    In a fallback nothing is taken off: 0, without a standard error.
    """

    id: str
    severity: float
    se: float | None
    reviews: int


@dataclass(frozen=True)
class Calibration:
    """The fit. `sd` and `reml` are None when the scores are too few or all the same.

    `covariance` is that of the dossier scores (None: cannot be measured); `reml` is -2 log of the
    restricted likelihood.
    """

    fallback: str | None
    mean: float
    sd: Deviations | None
    reml: float | None
    connected: bool
    dossiers: tuple[DossierScore, ...]
    reviewers: tuple[Severity, ...]
    covariance: Covariance | None


def calibrate(scores: tuple[Score, ...]) -> Calibration:
    """Fit and correct, or explain why not.

    Dossiers and reviewers come in order of first appearance. Raises `ValueError` on no score, or on
    two scores of one reviewer for one dossier.
    """
    check_scores(scores)
    design = design_of(scores)
    parts = pieces((score.dossier, score.reviewer) for score in scores)
    sd = _fit(design, parts)
    reason = _reason(design, parts, sd)
    if sd is None or reason is not None:
        return _raw(design, sd, reason, connected=parts == 1)
    return _corrected(design, sd, connected=parts == 1)


def calibrate_with(scores: tuple[Score, ...], sd: Deviations) -> Calibration:
    """Correct with standard deviations given beforehand, e.g. those published with a call.

    No guard applies. Raises `ValueError` unless the residual one is above zero.
    """
    check_scores(scores)
    parts = pieces((score.dossier, score.reviewer) for score in scores)
    return _corrected(design_of(scores), sd, connected=parts == 1)


def _corrected(design: Design, sd: Deviations, *, connected: bool) -> Calibration:
    fit = predict(design, sd)
    raw = _means(design)
    errors = np.sqrt(fit.covariance.variances)
    given, received = _counts(design)
    return Calibration(
        fallback=None,
        mean=fit.mean,
        sd=sd,
        reml=fit.reml,
        connected=connected,
        dossiers=tuple(
            DossierScore(name, float(mean), fit.mean + float(effect), float(effect), float(se), n)
            for name, mean, effect, se, n in zip(
                design.dossiers, raw, fit.dossier, errors, received, strict=True
            )
        ),
        reviewers=tuple(
            Severity(name, float(effect), float(se), n)
            for name, effect, se, n in zip(
                design.reviewers, fit.reviewer, fit.reviewer_se, given, strict=True
            )
        ),
        covariance=fit.covariance,
    )


def _fit(design: Design, parts: int) -> Deviations | None:
    """Standard deviations; None when the scores cannot tell the three of them apart."""
    free = len(design.value) - (len(design.dossiers) + len(design.reviewers) - parts)
    if free < 1 or np.ptp(design.value) == 0:
        return None
    return estimate(design)


def _reason(design: Design, parts: int, sd: Deviations | None) -> str | None:
    given, _ = _counts(design)
    median = float(np.median(given))
    why = None
    if parts > 1:
        why = "des groupes d’experts n’ont aucun dossier en commun"
    elif np.ptp(design.value) == 0:
        why = "elles sont toutes égales"
    elif median < LEAST_MEDIAN_LOAD:
        shown = f"{median:g}".replace(".", ",")
        why = (
            "les experts ont noté trop peu de dossiers chacun "
            f"(médiane {shown}, minimum {LEAST_MEDIAN_LOAD})"
        )
    elif sd is None:
        why = "elles sont trop peu nombreuses"
    elif not _is_measured(design, sd):
        why = "aucune différence de sévérité entre experts n’est mesurable"
    return None if why is None else f"Les notes n’ont pas été corrigées : {why}."


def _is_measured(design: Design, sd: Deviations) -> bool:
    """Is there a difference of severity, beyond what chance shows between reviewers all alike?"""
    return sd.reviewer > 0 and severity_evidence(design, sd) >= LEAST_EVIDENCE


def _raw(
    design: Design, sd: Deviations | None, reason: str | None, *, connected: bool
) -> Calibration:
    """Weighted means; errors from the spread of the scores inside dossiers, pooled."""
    raw = _means(design)
    variances = _raw_variances(design, raw)
    given, received = _counts(design)
    errors = [None] * len(raw) if variances is None else np.sqrt(variances).tolist()
    fitted = None if sd is None or sd.residual == 0 else predict(design, sd).reml
    return Calibration(
        fallback=reason,
        mean=design.centre,
        sd=sd,
        reml=fitted,
        connected=connected,
        dossiers=tuple(
            DossierScore(name, mean, mean, mean - design.centre, se, n)
            for name, mean, se, n in zip(
                design.dossiers, raw.tolist(), errors, received, strict=True
            )
        ),
        reviewers=tuple(
            Severity(name, 0.0, None, n) for name, n in zip(design.reviewers, given, strict=True)
        ),
        covariance=None if variances is None else Covariance.independent(variances),
    )


def _means(design: Design) -> Floats:
    """Weighted mean of each dossier."""
    return design.by_dossier(design.value) / design.by_dossier(np.ones_like(design.value))


def _raw_variances(design: Design, raw: Floats) -> Floats | None:
    free = len(design.value) - len(design.dossiers)
    if free < 1:
        return None
    spread = float(design.weight @ (design.value - raw[design.dossier]) ** 2) / free
    return spread / design.by_dossier(np.ones_like(design.value))


def _counts(design: Design) -> tuple[list[int], list[int]]:
    """Scores given by each reviewer, received by each dossier."""
    given = np.bincount(design.reviewer, minlength=len(design.reviewers))
    received = np.bincount(design.dossier, minlength=len(design.dossiers))
    return given.tolist(), received.tolist()
