"""A decision file computed again from itself: eligibility, marks, order, ceilings, outcomes.

Nothing but the document is read: the same figures come out wherever it is taken. Each line tells
what was found beside what the file says.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from grants.decisions.ceilings import Ceiling, ceiling
from grants.decisions.minimums import missed
from grants.decisions.proposing import Row, outcomes
from grants.decisions.ruling import rules_from, share
from grants.eligibility.problem import read_problem
from grants.eligibility.verdict import judge
from grants.history.chain import digest_of
from reviews.committees.order import Line, placed
from reviews.panels.calibration import calibrate
from reviews.panels.composite import composite
from reviews.panels.ranking import rank
from reviews.panels.scores import Score

# The last place kept of a score: a processor may round it the other way.
LAST_PLACE = Decimal("0.0001")


@dataclass(frozen=True)
class Compared:
    """One figure: what it is about, what the file says, what comes out again."""

    part: str
    what: str
    told: str
    found: str
    equal: bool


def recompute(document: Mapping[str, Any]) -> list[Compared]:
    """Everything in the file that follows from something else in it, in the order of reading."""
    content = document["content"]
    return [
        compared(
            "file", "empreinte du dossier de décision", document["sha256"], digest_of(content)
        ),
        *deposit(content),
        *eligibility(content),
        *ranking(content),
        *allocation(content),
        *award(content),
    ]


def as_document(lines: list[Compared]) -> dict[str, Any]:
    different = [line for line in lines if not line.equal]
    return {
        "equal": not different,
        "compared": len(lines),
        "different": len(different),
        "lines": [asdict(line) for line in lines],
    }


def compared(part: str, what: str, told: object, found: object) -> Compared:
    return Compared(part, what, said(told), said(found), told == found)


def near(part: str, what: str, told: str | None, found: float | None) -> Compared:
    """Two scores, equal to the last place that is kept."""
    if told is None or found is None:
        return compared(part, what, told, found)
    again = Decimal(repr(found)).quantize(LAST_PLACE)
    return Compared(part, what, told, str(again), abs(again - Decimal(told)) <= LAST_PLACE)


def said(value: object) -> str:
    if value is None:
        return "—"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def deposit(content: Mapping[str, Any]) -> Iterator[Compared]:
    for one in content["deposits"]:
        if one["content"] is not None:
            what = f"empreinte du dépôt, version {one['version']}"
            yield compared("deposit", what, one["sha256"], digest_of(one["content"]))


def eligibility(content: Mapping[str, Any]) -> Iterator[Compared]:
    if content["eligibility"] is None:
        return
    asked, told = content["eligibility"]["asked"], content["eligibility"]["verdict"]
    problem = read_problem(json.dumps(asked).encode(), today=date.fromisoformat(asked["on"]))
    found = judge(problem.company, problem.project, on=problem.on, caps=problem.caps).as_json()
    for name, what in (("eligible", "éligible"), ("form", "forme de l’aide")):
        yield compared("eligibility", what, told[name], found[name])
    for name, what in (("amount", "plafond"), ("sentence", "plafond, en toutes lettres")):
        yield compared("eligibility", what, told["ceiling"][name], found["ceiling"][name])
    again = {one["rule"]: one for one in found["findings"]}
    for one in told["findings"]:
        outcome = again.get(one["rule"], {}).get("outcome")
        yield compared("eligibility", one["sentence"], one["outcome"], outcome)


def ranking(content: Mapping[str, Any]) -> Iterator[Compared]:
    told = content["ranking"]
    scores = scores_of(content)
    if not scores:
        return
    fit = calibrate(scores)
    ordered = rank(fit, method=told["method"], places=told["places"])
    yield compared("ranking", "correction écartée", told["fallback"], fit.fallback or "")
    found = {one.id: one for one in ordered}
    places = places_of(ordered, told)
    for line in told["lines"]:
        one, where = found.get(line["dossier"]), line["reference"]
        if one is None:
            yield compared("ranking", f"{where}, rang", line["rank"], None)
            continue
        yield compared("ranking", f"{where}, rang", line["rank"], places[one.id])
        for name in ("raw", "calibrated", "low", "high", "p_funded"):
            yield near("ranking", f"{where}, {FIGURES[name]}", line[name], getattr(one, name))


FIGURES = {
    "raw": "moyenne pondérée",
    "calibrated": "note corrigée",
    "low": "borne basse",
    "high": "borne haute",
    "p_funded": "chance d’être financé",
}


def scores_of(content: Mapping[str, Any]) -> tuple[Score, ...]:
    weights = {one["key"]: float(one["weight"]) for one in content["rules"]["criteria"]}
    found = []
    for one in content["ranking"]["marks"]:
        mark = composite(one["scores"], weights)
        if mark is not None:
            found.append(Score(dossier=one["dossier"], reviewer=one["reviewer"], value=mark))
    return tuple(found)


def places_of(ordered: Any, told: Mapping[str, Any]) -> dict[str, int]:
    """The ranks of the reviews, or those a committee left by the scores it agreed on."""
    if not told["agreed"]:
        return {one.id: one.rank for one in ordered}
    lines = [
        Line(
            dossier_id=int(one.id),
            rank=one.rank,
            score=quantized(one.raw if told["method"] == "raw" else one.calibrated),
            agreed=Decimal(agreed) if (agreed := told["agreed"].get(one.id)) else None,
            amount=Decimal(0),
        )
        for one in ordered
    ]
    return {str(one.line.dossier_id): one.place for one in placed(lines, Decimal(0))}


def quantized(value: float) -> Decimal:
    return Decimal(repr(value)).quantize(LAST_PLACE)


def allocation(content: Mapping[str, Any]) -> Iterator[Compared]:
    lines, rows = content["allocation"]["lines"], rows_of(content)
    barred = barred_of(content["allocation"]["scenarios"])
    first = [line["announced"] or line for line in lines]
    amounts = [Decimal(one["amount"]) for one in first]
    again = as_voted(outcomes(rows, amounts, barred), lines)
    for line, announced, row, found in zip(lines, first, rows, again, strict=True):
        where, most = line["reference"], row.ceiling
        yield compared("allocation", f"{where}, rang", line["rank"], row.rank)
        told = f"{line['ceiling']} ({line['because']})"
        yield compared("allocation", f"{where}, plafond", told, f"{most.amount} ({most.because})")
        yield compared("allocation", f"{where}, note suffisante", line["passes"], row.passes)
        if line["amendment"]:
            voted = line["amendment"]["amount"]
            yield compared("allocation", f"{where}, montant amendé", announced["amount"], voted)
        is_within = Decimal(line["amount"]) <= permitted(line, most.amount)
        yield compared("allocation", f"{where}, montant sous le plafond", True, is_within)
        for name in ("outcome", "reserve_rank"):
            told = announced[name]
            yield compared("allocation", f"{where}, {OUTCOMES[name]}", told, found[name])
    for scenario in content["allocation"]["scenarios"]:
        yield from scenario_again(scenario, lines, rows)


def permitted(line: Mapping[str, Any], most: Decimal) -> Decimal:
    """The ceiling, or what an exception signed by a second person lets stand above it."""
    exception = line["exception"]
    is_signed = bool(exception and exception["signed_by"])
    return max(most, Decimal(exception["amount"])) if is_signed else most


def barred_of(scenarios: list[dict[str, Any]]) -> set[int]:
    """Dossiers a published rule refuses although their mark would pass."""
    chosen = next((one for one in scenarios if one["is_chosen"]), None)
    rows = chosen["result"]["rows"] if chosen else {}
    return {int(key) for key, one in rows.items() if one["outcome"] == "refuse"}


def rows_of(content: Mapping[str, Any]) -> list[Row]:
    ranked = {one["dossier"]: one for one in content["ranking"]["lines"]}
    rules = content["rules"]["parameters"]
    lines = content["allocation"]["lines"]
    return [row_of(line, ranked[line["dossier"]], rules) for line in lines]


def scenario_again(
    scenario: Mapping[str, Any], lines: list[dict[str, Any]], rows: list[Row]
) -> Iterator[Compared]:
    """The rules of a scenario applied again; where payments by year bound it, only they say."""
    rules = rules_from(scenario["rules"])
    if rules.shares:
        return
    then = [at_its_hour(row, scenario["ceilings"]) for row in rows]
    pins = {int(key): Decimal(amount) for key, amount in scenario["pins"].items()}
    shared = share(then, Decimal(scenario["left"]), rules, pins=pins)
    told = scenario["result"]["rows"]
    for line, found in zip(lines, shared.columns, strict=True):
        one = told[line["dossier"]]
        what = f"{line['reference']}, scénario «\u202f{scenario['name']}\u202f»"
        before = f"{OUTCOME[one['outcome']]}, {Decimal(one['amount']):.2f}"
        after = f"{OUTCOME[found['outcome']]}, {found['amount']:.2f}"
        yield compared("allocation", what, before, after)


OUTCOME = {"award": "retenu", "reserve": "liste de réserve", "refuse": "non retenu"}


def at_its_hour(row: Row, ceilings: Mapping[str, list[str]]) -> Row:
    """The row with the ceiling that was known when the scenario was made."""
    known = ceilings.get(str(row.dossier_id))
    return replace(row, ceiling=Ceiling(Decimal(known[0]), known[1])) if known else row


def as_voted(found: list[dict[str, Any]], lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What a vote amended stands; the reserve list follows the ranking."""
    voted, waiting = [], 0
    for one, line in zip(found, lines, strict=True):
        outcome = line["amendment"]["outcome"] if line["amendment"] else one["outcome"]
        waiting += outcome == "reserve"
        voted.append(
            {"outcome": outcome, "reserve_rank": waiting if outcome == "reserve" else None}
        )
    return voted


OUTCOMES = {"outcome": "sens de la décision", "reserve_rank": "rang de réserve"}


def row_of(line: Mapping[str, Any], ranked: Mapping[str, Any], rules: Mapping[str, Any]) -> Row:
    score, requested = Decimal(ranked["score"]), Decimal(line["requested"])
    return Row(
        dossier_id=int(line["dossier"]),
        reference=line["reference"],
        rank=ranked["rank"],
        score=score,
        passes=score >= Decimal(rules["threshold"]) and not missed(ranked["by_criterion"]),
        requested=requested,
        minimum=Decimal(line["minimum"]),
        ceiling=ceiling_of(line, requested, rules),
        group=line["group"],
        theme=line["theme"],
        department=line["department"],
        zone=line["zone"],
    )


def ceiling_of(line: Mapping[str, Any], requested: Decimal, rules: Mapping[str, Any]) -> Ceiling:
    """What the caps of the call leave, or less where State aid leaves less."""
    published = ceiling(
        requested=requested,
        base=Decimal(line["base"]),
        stage=line["stage"],
        max_rate=Decimal(rules["max_rate"]),
        max_aid=Decimal(rules["max_aid"]),
        max_grant=Decimal(rules["max_grant"]),
    )
    basis = line["basis"]
    if basis and Decimal(basis["ceiling"]) < published.amount:
        return Ceiling(Decimal(basis["ceiling"]), basis["because"])
    return published


def award(content: Mapping[str, Any]) -> Iterator[Compared]:
    """The decision of this file is its line of the allocation; the money committed, its amount."""
    own = content["dossier"]["id"]
    line: Mapping[str, Any] = next(
        (one for one in content["allocation"]["lines"] if one["dossier"] == own), {}
    )
    told = content["decision"]
    for name, what in (("outcome", "sens"), ("amount", "montant"), ("rank", "rang")):
        yield compared("decision", what, told[name], line.get(name))
    if line.get("committed") is not None:
        yield compared("decision", "montant engagé", told["amount"], line["committed"])
