"""The problem as `manage.py allocate` reads it: a JSON document in whole euros."""

from collections.abc import Iterable
from typing import Any

from grants.core import strict_json as strict
from grants.decisions.problem import ATTRIBUTES, CENTS, Line, Option, Payment, Problem, Rule

Shares = tuple[tuple[str, int], ...]
AMOUNTS = ("minimum", "ceiling", "decided")
WORDS = (*ATTRIBUTES, "zone")


def read_problem(document: dict[str, Any]) -> Problem:
    """The problem a JSON document states, euros turned into cents.

    Raises `ValueError` saying what is wrong and where.
    """
    strict.check_keys(
        document,
        "the document",
        required=("envelope", "dossiers"),
        optional=("mode", "floors", "caps", "max_awards", "ties", "payments", "shares", "seed"),
    )
    most = document.get("max_awards")
    shares = _shares(document.get("shares"), "shares")
    seed = document.get("seed")
    return Problem(
        envelope=_euros(document["envelope"], "envelope"),
        lines=tuple(
            _line(value, where, shares)
            for where, value in _numbered(document["dossiers"], "dossier")
        ),
        mode=strict.text(document.get("mode", "rank"), "mode"),
        floors=_rules(document.get("floors"), "floor"),
        caps=_rules(document.get("caps"), "cap"),
        max_awards=None if most is None else strict.whole(most, "max_awards"),
        ties=strict.text(document.get("ties", "none"), "ties"),
        payments=_payments(document.get("payments")),
        seed=None if seed is None else strict.text(seed, "seed"),
    )


def _numbered(value: Any, where: str) -> Iterable[tuple[str, Any]]:
    rows = strict.sequence([] if value is None else value, f"{where}s")
    return ((f"{where} number {rank}", row) for rank, row in enumerate(rows, 1))


def _euros(value: Any, where: str) -> int:
    return CENTS * strict.whole(value, where)


def _line(value: Any, where: str, shares: Shares) -> Line:
    fields = strict.mapping(value, where)
    strict.check_keys(
        fields,
        where,
        required=("id", "asked"),
        optional=(*AMOUNTS, "score", "options", "zone", "shares", *ATTRIBUTES),
    )
    given = {key: item for key, item in fields.items() if item is not None}
    words: Any = {key: strict.text(given[key], f"{where}, {key}") for key in WORDS if key in given}
    euros: Any = {key: _euros(given[key], f"{where}, {key}") for key in AMOUNTS if key in given}
    options = given.get("options")
    return Line(
        id=strict.text(fields["id"], where),
        asked=_euros(fields["asked"], f"{where}, asked"),
        shares=_shares(given["shares"], f"{where}, shares") if "shares" in given else shares,
        **euros,
        score=strict.number(given["score"], f"{where}, score") if "score" in given else None,
        options=None if options is None else _options(options, where),
        **words,
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


def _shares(value: Any, where: str) -> Shares:
    """Per cents by year, in ten-thousandths."""
    fields = strict.mapping({} if value is None else value, where)
    return tuple((year, round(100 * strict.number(fields[year], where))) for year in sorted(fields))


def _payments(value: Any) -> tuple[Payment, ...]:
    fields = strict.mapping({} if value is None else value, "payments")
    return tuple(
        Payment(year, _euros(fields[year], f"payments, {year}")) for year in sorted(fields)
    )


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
