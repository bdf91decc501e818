"""What the studio shows: the ranking with its uncertainty, the money, and where it ends."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from grants.core.charts import Estimate, dots, gauge
from grants.core.prepared import prepared
from grants.core.wording import euros
from grants.decisions.models import Decision
from grants.decisions.proposing import passed_over
from grants.decisions.shortfall import mark
from grants.decisions.states import Outcome
from grants.decisions.wishes import basis_of, row_of


@dataclass(frozen=True)
class StudioRow:
    """One line of the table; `running` is the money used down to and including it, in euros."""

    decision: Any
    outcome: str
    dossier: Any
    line: Any
    ceiling: Any
    minimum: Decimal
    dot: Any
    running: Decimal
    is_last_funded: bool
    is_passed_over: bool
    needs_reason: bool


def studio_of(allocation):
    """Everything the page shows, in a constant number of queries."""
    decisions = decisions_of(allocation.pk)
    for decision in decisions:
        decision.dossier.call = allocation.call
    rows = {
        d.dossier_id: row_of(d.dossier.rank_line, allocation.call, basis_of(d)) for d in decisions
    }
    proposed = sum((d.amount for d in decisions), Decimal(0))
    return {
        "rows": lines_of(decisions, rows, allocation.call),
        **head_of(allocation, proposed, counts_of(decisions)),
    }


def one_row_of(allocation, pk):
    """One line of the table and the head above it, without the other lines."""
    [decision] = decision_of(pk)
    decision.dossier.call = allocation.call
    line = row_of(decision.dossier.rank_line, allocation.call, basis_of(decision))
    told = totals_of(allocation, decision.rank)
    skipped = line.passes and decision.amount == 0 and decision.rank < (told["last"] or 0)
    row = StudioRow(
        decision=decision,
        outcome=decision.get_outcome_display(),
        dossier=decision.dossier,
        line=decision.dossier.rank_line,
        ceiling=line.ceiling,
        minimum=line.minimum,
        dot=dots_of([decision], allocation.call).rows[0],
        running=told["running"],
        is_last_funded=decision.rank == told["last"],
        is_passed_over=skipped,
        needs_reason=wants_reason(decision, line, skipped=skipped),
    )
    return row, head_of(allocation, told["proposed"], told)


def totals_of(allocation, rank):
    """Sums over all the decisions, and down to and including a rank."""
    nothing = Decimal(0)
    return allocation.decisions.aggregate(
        proposed=Coalesce(Sum("amount"), nothing),
        running=Coalesce(Sum("amount", filter=Q(rank__lte=rank)), nothing),
        last=Max("rank", filter=Q(amount__gt=0)),
        **{name: Count("pk", filter=Q(outcome=name)) for name in Outcome.values},
    )


def head_of(allocation, proposed, counts):
    """What stands above the table."""
    return {
        "proposed": proposed,
        "left": left_of(allocation, proposed),
        "gauge": gauge_of(allocation, proposed),
        "counts": counts,
        "total": allocation.envelope.endowed,
    }


def wants_reason(decision, line, *, skipped):
    """A person who leaves the published rules says why."""
    partial = 0 < decision.amount < line.ceiling.amount
    return (partial or (skipped and not decision.by_rule)) and not decision.reason


@prepared
def decision_of(pk):
    return shown().filter(pk=pk)


@prepared
def decisions_of(allocation):
    """In the order of the ranking, each with its dossier."""
    return shown().filter(allocation=allocation).order_by("rank")


def shown():
    """Decisions with all that a line shows."""
    return Decision.objects.select_related(
        "dossier__organisation", "dossier__theme", "dossier__rank_line", "basis", "exception"
    ).defer("dossier__organisation__register")


def lines_of(decisions, rows, call):
    lines = [rows[d.dossier_id] for d in decisions]
    over = {row.dossier_id for row in passed_over(lines, [d.amount for d in decisions])}
    last = max((d.rank for d in decisions if d.amount > 0), default=None)
    drawn = dots_of(decisions, call).rows
    words = {value: str(word) for value, word in Outcome.choices}
    running, found = Decimal(0), []
    for decision, line, dot in zip(decisions, lines, drawn, strict=True):
        running += decision.amount
        skipped = line.dossier_id in over
        found.append(
            StudioRow(
                decision=decision,
                outcome=words[decision.outcome],
                dossier=decision.dossier,
                line=decision.dossier.rank_line,
                ceiling=line.ceiling,
                minimum=line.minimum,
                dot=dot,
                running=running,
                is_last_funded=decision.rank == last,
                is_passed_over=skipped,
                needs_reason=wants_reason(decision, line, skipped=skipped),
            )
        )
    return found


def dots_of(decisions, call):
    """The corrected score and its interval; where none was measured, the score alone."""
    return dots(
        [estimate_of(d.dossier) for d in decisions],
        title=_("Notes corrigées et intervalles à 90 %"),
        bounds=(0, float(call.top_score)),
    )


def estimate_of(dossier):
    line = dossier.rank_line
    score = line.score if line.calibrated is None else line.calibrated
    low = score if line.low is None else line.low
    high = score if line.high is None else line.high
    return Estimate(
        label=dossier.title,
        value=float(score),
        low=float(low),
        high=float(high),
        text=_("note corrigée %(score)s, entre %(low)s et %(high)s")
        % {"score": mark(score), "low": mark(low), "high": mark(high)},
        zone=line.zone,
    )


def left_of(allocation, proposed):
    """What would remain to commit, in euros; once announced the ledger already counts it."""
    left = allocation.envelope.left
    return left if allocation.state == "announced" else left - proposed


def offered_to(allocation):
    """What the envelope had for this proposal, in euros: once announced, what it committed too."""
    left = allocation.envelope.left
    if allocation.state != "announced":
        return left
    return left + sum((one.amount for one in allocation.decisions.awarded()), Decimal(0))


def gauge_of(allocation, proposed):
    envelope = allocation.envelope
    announced = allocation.state == "announced"
    before = envelope.committed - (proposed if announced else 0)
    return gauge(
        [
            ("committed", _("Déjà engagé"), float(before), euros(before)),
            ("reserved", _("Cette proposition"), float(proposed), euros(proposed)),
        ],
        total=float(envelope.endowed),
        title=str(envelope),
        left_text=_("reste %(left)s sur %(total)s")
        % {"left": euros(left_of(allocation, proposed)), "total": euros(envelope.endowed)},
    )


def counts_of(decisions):
    found = {"award": 0, "reserve": 0, "refuse": 0}
    for decision in decisions:
        found[decision.outcome] += 1
    return found
