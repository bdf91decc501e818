"""What the allocation is asked and answers, and its reading from JSON (`manage.py allocate`).

Amounts are whole cents everywhere inside; the command speaks whole euros.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from grants.core import strict_json as strict

CENTS = 100
ATTRIBUTES = ("theme", "department", "group")
MODES = ("rank", "portfolio")
TIES = ("none", "score")
AID_CEILING = "State-aid ceiling"
OPTIONS = "options"


@dataclass(frozen=True)
class Option:
    """One amount (cents) the dossier could be given, and what it is worth to the portfolio."""

    amount: int
    value: float


@dataclass(frozen=True)
class Line:
    """One dossier of the ranking. Amounts in cents.

    `minimum` is the least useful amount; without one the dossier is paid in full or not at all.
    `ceiling` is what State aid leaves it. Of one `group` only one dossier may be awarded. With
    `options`, only those amounts may be given.
    """

    id: str
    asked: int
    minimum: int | None = None
    ceiling: int | None = None
    score: float | None = None
    theme: str | None = None
    department: str | None = None
    group: str | None = None
    options: tuple[Option, ...] | None = None

    def __post_init__(self) -> None:
        if self.asked < 1:
            raise ValueError(f"{self.id}: the amount asked must be above zero")
        if self.minimum is not None and not 0 <= self.minimum <= self.asked:
            raise ValueError(f"{self.id}: the minimum must lie between 0 and the amount asked")
        if self.ceiling is not None and self.ceiling < 0:
            raise ValueError(f"{self.id}: the ceiling must not be negative")
        if self.options is not None:
            strict.unique((option.amount for option in self.options), f"{self.id}, options")
            if any(option.amount < 1 or option.value < 0 for option in self.options):
                raise ValueError(f"{self.id}: an option must be above zero")

    @property
    def payable(self) -> int:
        """The ask, bounded by the State-aid ceiling."""
        return self.asked if self.ceiling is None else min(self.asked, self.ceiling)

    def fit(self, bound: int) -> int:
        """The greatest useful amount within `bound`; 0 when there is none."""
        bound = min(bound, self.payable)
        if self.options is not None:
            within = [one.amount for one in self.options if self._least() <= one.amount <= bound]
            return max(within, default=0)
        return bound if bound >= max(self._least(), 1) else 0

    def _least(self) -> int:
        if self.minimum is not None:
            return self.minimum
        return 0 if self.options is not None else self.payable


@dataclass(frozen=True)
class Rule:
    """A floor or a cap: the awards whose attributes are `of` add up to `amount` cents."""

    of: tuple[tuple[str, str], ...]
    amount: int

    def covers(self, line: Line) -> bool:
        """Whether the rule counts this dossier."""
        return all(getattr(line, key) == value for key, value in self.of)

    def named(self, kind: str) -> str:
        """« floor theme=health » or « cap department=31, theme=energy »."""
        return f"{kind} {', '.join(f'{key}={value}' for key, value in self.of)}"


@dataclass(frozen=True)
class Problem:
    """Envelope in cents, and dossiers in the order of the ranking, first 1."""

    envelope: int
    lines: tuple[Line, ...]
    mode: str = "rank"
    floors: tuple[Rule, ...] = ()
    caps: tuple[Rule, ...] = ()
    max_awards: int | None = None
    ties: str = "none"

    def __post_init__(self) -> None:
        if self.envelope < 0:
            raise ValueError("the envelope must not be negative")
        if self.mode not in MODES:
            raise ValueError(f"unknown mode {self.mode}")
        if self.ties not in TIES:
            raise ValueError(f"unknown ties {self.ties}")
        strict.unique((line.id for line in self.lines), "dossiers")
        strict.unique((rule.of for rule in self.floors), "floors")
        strict.unique((rule.of for rule in self.caps), "caps")
        for line in self.lines:
            scored = self.ties == "score" or (self.mode == "portfolio" and line.options is None)
            if scored and line.score is None:
                raise ValueError(f"{line.id}: a score is needed here")


@dataclass(frozen=True)
class Award:
    """An amount in cents; `because` names what kept it from the full ask, or what lifted it."""

    id: str
    amount: int
    full: bool
    because: str | None


@dataclass(frozen=True)
class Refusal:
    """A dossier no later money can reach, and the rule that says so."""

    id: str
    because: str


@dataclass(frozen=True)
class Displaced:
    """A dossier that somebody ranked lower was funded past, and the rule that made it so."""

    id: str
    by: str


@dataclass(frozen=True)
class Allocation:
    """Every dossier is in `awards`, `reserve` (in order) or `refused`. Amounts in cents."""

    mode: str
    awards: tuple[Award, ...]
    reserve: tuple[str, ...]
    refused: tuple[Refusal, ...]
    spent: int
    left: int
    optimal: bool
    displaced: tuple[Displaced, ...]


@dataclass(frozen=True)
class Conflict:
    """No allocation keeps these rules together; it takes all of them to make it impossible."""

    names: tuple[str, ...]


def read_problem(document: dict[str, Any]) -> Problem:
    """The problem a JSON document states, euros turned into cents.

    Raises `ValueError` saying what is wrong and where.
    """
    strict.check_keys(
        document,
        "the document",
        required=("envelope", "dossiers"),
        optional=("mode", "floors", "caps", "max_awards", "ties"),
    )
    most = document.get("max_awards")
    return Problem(
        envelope=_euros(document["envelope"], "envelope"),
        lines=tuple(
            _line(value, where) for where, value in _numbered(document["dossiers"], "dossier")
        ),
        mode=strict.text(document.get("mode", "rank"), "mode"),
        floors=_rules(document.get("floors"), "floor"),
        caps=_rules(document.get("caps"), "cap"),
        max_awards=None if most is None else strict.whole(most, "max_awards"),
        ties=strict.text(document.get("ties", "none"), "ties"),
    )


def _numbered(value: Any, where: str) -> Iterable[tuple[str, Any]]:
    rows = strict.sequence([] if value is None else value, f"{where}s")
    return ((f"{where} number {rank}", row) for rank, row in enumerate(rows, 1))


def _euros(value: Any, where: str) -> int:
    return CENTS * strict.whole(value, where)


def _line(value: Any, where: str) -> Line:
    fields = strict.mapping(value, where)
    strict.check_keys(
        fields,
        where,
        required=("id", "asked"),
        optional=("score", "minimum", "ceiling", "options", *ATTRIBUTES),
    )
    given = {key: item for key, item in fields.items() if item is not None}
    options = given.get("options")
    return Line(
        id=strict.text(fields["id"], where),
        asked=_euros(fields["asked"], f"{where}, asked"),
        minimum=_euros(given["minimum"], f"{where}, minimum") if "minimum" in given else None,
        ceiling=_euros(given["ceiling"], f"{where}, ceiling") if "ceiling" in given else None,
        score=strict.number(given["score"], f"{where}, score") if "score" in given else None,
        options=None if options is None else _options(options, where),
        **{key: strict.text(given[key], f"{where}, {key}") for key in ATTRIBUTES if key in given},
    )


def _options(value: Any, where: str) -> tuple[Option, ...]:
    options = []
    for pair in strict.sequence(value, f"{where}, options"):
        parts = strict.sequence(pair, f"{where}, options")
        if len(parts) != 2:
            raise ValueError(f"{where}, options: a pair [amount, value] was expected")
        amount, worth = parts
        options.append(Option(_euros(amount, where), strict.number(worth, where)))
    return tuple(options)


def _rules(value: Any, kind: str) -> tuple[Rule, ...]:
    rules = []
    for where, item in _numbered(value, kind):
        fields = strict.mapping(item, where)
        strict.check_keys(fields, where, required=("of", "amount"))
        of = strict.mapping(fields["of"], f"{where}, of")
        strict.check_keys(of, f"{where}, of", required=(), optional=ATTRIBUTES)
        if not of:
            raise ValueError(f"{where}, of: nothing named")
        names = tuple((key, strict.text(of[key], f"{where}, {key}")) for key in sorted(of))
        rules.append(Rule(names, _euros(fields["amount"], f"{where}, amount")))
    return tuple(rules)
