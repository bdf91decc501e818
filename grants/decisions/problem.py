"""What the allocation is asked and what it answers. Amounts are whole cents."""

from dataclasses import dataclass

from grants.core import strict_json as strict

CENTS = 100
WHOLE_SHARE = 10_000
ATTRIBUTES = ("theme", "department", "group")
MODES = ("rank", "portfolio")
TIES = ("none", "score", "grey")
GREY = "grey"
DECIDED = "already decided"
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
    `options`, only those amounts may be given. `decided` is an amount settled before, 0 included;
    `shares` says which part of an award is paid in which year, in ten-thousandths.
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
    decided: int | None = None
    zone: str | None = None
    shares: tuple[tuple[str, int], ...] = ()

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
        if self.decided is not None and not 0 <= self.decided <= self.payable:
            raise ValueError(f"{self.id}: what was decided must lie between 0 and what is payable")
        if any(part < 0 for _, part in self.shares) or self._paid() > WHOLE_SHARE:
            raise ValueError(f"{self.id}: the shares must add up to 100 at most")

    @property
    def payable(self) -> int:
        """The ask, bounded by the State-aid ceiling."""
        return self.asked if self.ceiling is None else min(self.asked, self.ceiling)

    def share(self, year: str) -> int:
        """The part of an award paid that year, in ten-thousandths."""
        return sum(part for when, part in self.shares if when == year)

    def _paid(self) -> int:
        return sum(part for _, part in self.shares)

    def fit(self, bound: int) -> int:
        """The greatest useful amount within `bound`; 0 when there is none."""
        bound = min(bound, self.payable)
        if self.options is not None:
            within = [a.amount for a in self.options if self.least_useful <= a.amount <= bound]
            return max(within, default=0)
        return bound if bound >= max(self.least_useful, 1) else 0

    @property
    def least_useful(self) -> int:
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
class Payment:
    """What can be paid out in one year, in cents."""

    year: str
    amount: int

    @property
    def name(self) -> str:
        return f"payments {self.year}"


@dataclass(frozen=True)
class Problem:
    """Envelope in cents, and dossiers in the order of the ranking, first 1. With `seed`, equals
    that nothing else parts are drawn."""

    envelope: int
    lines: tuple[Line, ...]
    mode: str = "rank"
    floors: tuple[Rule, ...] = ()
    caps: tuple[Rule, ...] = ()
    max_awards: int | None = None
    ties: str = "none"
    payments: tuple[Payment, ...] = ()
    seed: str | None = None

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
        strict.unique((payment.year for payment in self.payments), "payments")
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
