"""Last year's end: ranking settled, decisions voted and announced, first payments made."""

from decimal import Decimal

from grants.core.money import euro
from grants.decisions import operations as decisions
from grants.decisions.states import Outcome
from grants.decisions.wishes import rows_of
from grants.funding import operations as funding
from grants.votes import operations as votes
from reviews.demonstration.clock import at
from reviews.demonstration.stock import french
from reviews.demonstration.timetable import Round
from reviews.feedback import operations as feedback
from reviews.panels import operations as panels

REST = "Solde de l’enveloppe : le projet est réalisable avec un montant réduit, selon son porteur."
ADVANCE, SECOND = Decimal("0.3"), Decimal("0.4")
REFUSALS = (
    "La note moyenne est inférieure au seuil publié. Les experts regrettent surtout l’absence "
    "d’engagement de clients.",
    "La note moyenne est inférieure au seuil publié. L’innovation n’est pas assez démontrée "
    "au regard de l’existant.",
    "La note moyenne est inférieure au seuil publié. Le plan de financement n’est pas équilibré.",
)


def decide(call, calendar: Round, envelope, *, manager, checker):
    """Settle, prepare, have it checked by somebody else, deliberate, announce."""
    with at(calendar.moment(calendar.committee)):
        panels.settle(call, actor=manager)
        write_feedback(call, manager)
        allocation = decisions.prepare(call, envelope=envelope, actor=manager)
        give_reasons(allocation, manager)
        decisions.propose(allocation, actor=manager)
    with at(calendar.moment(calendar.committee + 4)):
        decisions.check(allocation, actor=checker)
        votes.report(allocation, actor=manager)
    with at(calendar.moment(calendar.decision + 1)):
        votes.deliberate(
            allocation, actor=manager,
            body="Commission permanente du conseil régional (démonstration)",
            held_on=calendar.day(calendar.decision), number=f"CP-{calendar.year}-DEMO-07",
        )  # fmt: skip
    with at(calendar.moment(calendar.decision + 3)):
        decisions.announce(allocation, actor=manager)
    return allocation


def write_feedback(call, manager) -> None:
    """What applicants will read, drafted from the evaluations and read over."""
    for one in feedback.prepare(call, actor=manager):
        feedback.approve(one, actor=manager)


def give_reasons(allocation, manager) -> None:
    """A partial award and a refusal both say why."""
    rows = rows_of(allocation)
    for n, decision in enumerate(allocation.decisions.order_by("rank")):
        ceiling = rows[decision.dossier_id].ceiling.amount
        if decision.outcome == Outcome.REFUSE:
            reason = REFUSALS[n % len(REFUSALS)]
        elif decision.outcome == Outcome.AWARD and decision.amount < ceiling:
            reason = REST
        else:
            continue
        decisions.revise(
            decision, amount=decision.amount, reason=reason,
            version=decision.version, actor=manager,
        )  # fmt: skip


def begin_payments(allocation, calendar: Round, *, finance) -> None:
    """Advances for most, a second instalment for the first companies to justify their spending."""
    awarded = allocation.decisions.filter(outcome=Outcome.AWARD).select_related("entry__envelope")
    due = []
    for n, decision in enumerate(awarded.order_by("rank")):
        if n % 5 != 4:
            due.append((58 + 3 * (n % 6), n, decision, ADVANCE, "Avance de 30 % à la signature", 1))
        if n % 5 == 1:
            due.append((214 + n, n, decision, SECOND, "Acompte sur dépenses justifiées", 2))
    for days, _n, decision, share, reason, number in sorted(due, key=lambda one: one[:2]):
        with at(calendar.moment(calendar.decision + days)):
            funding.pay(
                decision.entry, euro(decision.amount * share), reason=french(reason),
                reference=f"{decision.entry.reference}-{number}", actor=finance,
            )  # fmt: skip
    for decision in awarded:
        expect_the_rest(decision, finance)


def expect_the_rest(decision, finance) -> None:
    """What is paid where it was paid, the rest two years after the envelope's."""
    expected = dict(funding.paid_by_year(decision.entry))
    last = decision.entry.envelope.year + 2
    rest = decision.amount - sum(expected.values())
    amounts = {**expected, last: expected.get(last, 0) + rest}
    funding.plan(decision.entry, amounts, actor=finance)
