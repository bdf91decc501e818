"""One review becomes one mark: the weighted mean of its scores, on the call's scale."""

from collections.abc import Mapping


def composite(scores: Mapping[str, int | None], weights: Mapping[str, float]) -> float | None:
    """`sum(weight × score) / sum(weight)` over all criteria; None while one score is missing.

    Weights have any unit; the mark has that of the scores.
    """
    values = [(weights[key], scores.get(key)) for key in weights]
    if not values or any(score is None for _, score in values):
        return None
    whole = sum(weight for weight, _ in values)
    return sum(weight * score for weight, score in values if score is not None) / whole
