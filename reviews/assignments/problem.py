"""What the assignment solver is asked, and its reading from JSON (contract of `manage.py assign`).

Affinity has no unit: 0 is « knows nothing of it », 1 « the expert »; any finite scale from 0 up
works, for the solver keeps six significant places of the greatest one.
"""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from grants.core import strict_json as strict

Pair = tuple[str, str]


@dataclass(frozen=True)
class Reviewer:
    """One expert: number of reviews wanted (`least` to `most`), group (the employer), profile."""

    id: str
    least: int
    most: int
    group: str | None = None
    profile: str | None = None


@dataclass(frozen=True)
class Problem:
    """Everything the solver may use. Pairs are (dossier, reviewer).

    `affinity` has one row per dossier and one column per reviewer, in their order. `floor` is the
    sum of affinities each dossier should reach. `fixed` pairs must be in the answer; of the `kept`
    ones as few as can be are dropped. Raises `ValueError` when the problem contradicts itself.
    """

    reviews_per_dossier: int
    dossiers: tuple[str, ...]
    reviewers: tuple[Reviewer, ...]
    affinity: tuple[tuple[float, ...], ...]
    forbidden: frozenset[Pair] = frozenset()
    fixed: frozenset[Pair] = frozenset()
    floor: float | None = None
    max_per_group: int | None = None
    max_per_profile: int | None = None
    kept: frozenset[Pair] = frozenset()

    def __post_init__(self) -> None:
        strict.unique(self.dossiers, "dossiers")
        strict.unique((reviewer.id for reviewer in self.reviewers), "reviewers")
        self._check_loads()
        self._check_affinity()
        self._check_pairs()
        self._check_fixed()

    def _check_loads(self) -> None:
        if self.reviews_per_dossier < 1:
            raise ValueError("reviews_per_dossier: at least 1")
        for name in ("max_per_group", "max_per_profile"):
            if getattr(self, name) is not None and getattr(self, name) < 1:
                raise ValueError(f"{name}: at least 1")
        for reviewer in self.reviewers:
            if not 0 <= reviewer.least <= reviewer.most:
                raise ValueError(f"reviewer {reviewer.id}: min must lie between 0 and max")

    def _check_affinity(self) -> None:
        if len(self.affinity) != len(self.dossiers):
            raise ValueError(
                f"affinity: {len(self.affinity)} rows for {len(self.dossiers)} dossiers"
            )
        for dossier, row in zip(self.dossiers, self.affinity, strict=True):
            if len(row) != len(self.reviewers):
                raise ValueError(
                    f"affinity of {dossier}: {len(row)} values for {len(self.reviewers)} reviewers"
                )
            if row and not (min(row) >= 0 and math.isfinite(sum(row))):
                raise ValueError(f"affinity of {dossier}: finite numbers from 0 up")
        if self.floor is not None and not (math.isfinite(self.floor) and self.floor >= 0):
            raise ValueError("floor: a finite number from 0 up")

    def _check_pairs(self) -> None:
        dossiers = set(self.dossiers)
        reviewers = {reviewer.id for reviewer in self.reviewers}
        for dossier, reviewer in sorted(self.forbidden | self.fixed | self.kept):
            if dossier not in dossiers:
                raise ValueError(f"unknown dossier {dossier}")
            if reviewer not in reviewers:
                raise ValueError(f"unknown reviewer {reviewer}")
        for dossier, reviewer in sorted(self.forbidden & self.fixed):
            raise ValueError(f"{dossier} and {reviewer}: both fixed and forbidden")

    def _check_fixed(self) -> None:
        """Fixed pairs may not break by themselves the rules the solver must keep."""
        given = Counter(dossier for dossier, _ in self.fixed)
        load = Counter(reviewer for _, reviewer in self.fixed)
        for dossier, count in sorted(given.items()):
            if count > self.reviews_per_dossier:
                raise ValueError(f"{dossier}: {count} fixed reviewers, too many")
        for reviewer in self.reviewers:
            if load[reviewer.id] > reviewer.most:
                raise ValueError(f"reviewer {reviewer.id}: more fixed dossiers than max")
        self._check_together({one.id: one.group for one in self.reviewers}, "group")
        self._check_together({one.id: one.profile for one in self.reviewers}, "profile")

    def _check_together(self, names: dict[str, str | None], kind: str) -> None:
        limit = getattr(self, f"max_per_{kind}")
        together = Counter((d, names[r]) for d, r in self.fixed if names[r] is not None)
        for (dossier, name), count in sorted(together.items()):
            if limit is not None and count > limit:
                raise ValueError(f"{dossier}: too many fixed reviewers of {kind} {name}")


def read_problem(document: dict[str, Any]) -> Problem:
    """The problem a JSON document states; `ValueError` says what is wrong with it and where."""
    strict.check_keys(
        document,
        "the document",
        required=("reviews_per_dossier", "dossiers", "reviewers", "affinity"),
        optional=("forbidden", "fixed", "kept", "floor", "max_per_group", "max_per_profile"),
    )
    floor = document.get("floor")
    return Problem(
        reviews_per_dossier=strict.whole(document["reviews_per_dossier"], "reviews_per_dossier"),
        dossiers=tuple(_texts(document["dossiers"], "dossiers")),
        reviewers=tuple(
            _reviewer(value, f"reviewer number {rank}")
            for rank, value in enumerate(strict.sequence(document["reviewers"], "reviewers"), 1)
        ),
        affinity=tuple(
            tuple(strict.number(value, where) for value in strict.sequence(row, where))
            for where, row in _numbered(document["affinity"], "affinity")
        ),
        forbidden=_pairs(document.get("forbidden"), "forbidden"),
        fixed=_pairs(document.get("fixed"), "fixed"),
        floor=None if floor is None else strict.number(floor, "floor"),
        max_per_group=_limit(document, "max_per_group"),
        max_per_profile=_limit(document, "max_per_profile"),
        kept=_pairs(document.get("kept"), "kept"),
    )


def _limit(document: dict[str, Any], name: str) -> int | None:
    value = document.get(name)
    return None if value is None else strict.whole(value, name)


def _numbered(value: Any, where: str) -> Iterable[tuple[str, Any]]:
    rows = strict.sequence(value, where)
    return ((f"{where}, row {rank}", row) for rank, row in enumerate(rows, 1))


def _texts(value: Any, where: str) -> list[str]:
    return [strict.text(item, where) for item in strict.sequence(value, where)]


def _reviewer(value: Any, where: str) -> Reviewer:
    fields = strict.mapping(value, where)
    strict.check_keys(fields, where, required=("id", "max"), optional=("min", "group", "profile"))
    return Reviewer(
        id=strict.text(fields["id"], where),
        least=strict.whole(fields.get("min", 0), f"{where}, min"),
        most=strict.whole(fields["max"], f"{where}, max"),
        group=_name(fields, "group", where),
        profile=_name(fields, "profile", where),
    )


def _name(fields: dict[str, Any], key: str, where: str) -> str | None:
    value = fields.get(key)
    return None if value is None else strict.text(value, f"{where}, {key}")


def _pairs(value: Any, where: str) -> frozenset[Pair]:
    pairs = []
    for place, item in _numbered([] if value is None else value, where):
        names = _texts(item, place)
        if len(names) != 2:
            raise ValueError(f"{place}: a pair [dossier, reviewer] was expected")
        pairs.append((names[0], names[1]))
    strict.unique(pairs, where)
    return frozenset(pairs)
