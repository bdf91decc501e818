"""Which companies count as one: those that control each other, through others too."""

from collections.abc import Iterable


def undertakings(edges: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """For each SIREN of an edge, everybody it is linked to, itself included."""
    known: dict[str, set[str]] = {}
    for one, other in edges:
        union = known.get(one, {one}) | known.get(other, {other})
        for siren in union:
            known[siren] = union
    return {siren: frozenset(union) for siren, union in known.items()}
