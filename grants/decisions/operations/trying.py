"""Scenarios: tried, saved, copied, one chosen as the proposal, the others set aside."""

from dataclasses import replace
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.core.flow import lock, write
from grants.decisions import permissions as may
from grants.decisions.models import Scenario
from grants.decisions.published import payments_of, rules_of
from grants.decisions.ruling import share
from grants.decisions.states import AllocationState
from grants.decisions.trials import as_decided, same_amounts, stored
from grants.decisions.wishes import rows_of

MOST = 30


@transaction.atomic
def save_scenario(allocation, *, name, actor):
    """Keep the amounts of the studio under a name, as they stand."""
    begin(allocation, name, actor)
    decisions = list(allocation.decisions.order_by("rank"))
    return Scenario.objects.create(
        allocation=allocation,
        name=name,
        rules=rules_of(allocation.call).as_json(),
        pins=pins_of(decisions),
        result=as_decided(decisions),
        made_by=actor,
    )


@transaction.atomic
def try_rules(allocation, *, name, rules, keep_pins, actor):
    """Share out under other rules, without touching the proposal."""
    begin(allocation, name, actor)
    pins = pins_of(allocation.decisions.all()) if keep_pins else {}
    rows = list(rows_of(allocation).values())
    shared = share(
        rows,
        allocation.envelope.left,
        rules,
        payments=payments_of(allocation.envelope, rules),
        pins={int(key): Decimal(amount) for key, amount in pins.items()},
    )
    return Scenario.objects.create(
        allocation=allocation,
        name=name,
        rules=rules.as_json(),
        pins=pins,
        result=stored(rows, shared),
        made_by=actor,
    )


@transaction.atomic
def copy_scenario(scenario, *, name, actor):
    """The same under another name, to go on from there."""
    begin(scenario.allocation, name, actor)
    return Scenario.objects.create(
        allocation=scenario.allocation,
        name=name,
        rules=scenario.rules,
        pins=scenario.pins,
        result=scenario.result,
        made_by=actor,
    )


@transaction.atomic
def choose_scenario(scenario, *, actor):
    """Make it the proposal: its amounts replace those of the studio, reasons stay.

    Refused where the money or a ceiling no longer allows it.
    """
    allocation = scenario.allocation
    open_to(allocation, actor)
    allocation.envelope.refresh_from_db()
    total = sum(Decimal(row["amount"]) for row in scenario.result["rows"].values())
    if total > allocation.envelope.left:
        raise Refused(_("Ce scénario dépasse ce qui reste aujourd’hui sur l’enveloppe."))
    rows = rows_of(allocation)
    for decision in allocation.decisions.select_for_update(of=["self"]):
        put(decision, scenario, rows[decision.dossier_id], actor)
    mark(scenario)
    return scenario


def put(decision, scenario, row, actor):
    """One line of the scenario into the proposal."""
    kept = scenario.result["rows"][str(decision.dossier_id)]
    amount = Decimal(kept["amount"])
    if amount > row.ceiling.amount and amount > decision.amount:
        told = {"reference": row.reference, "because": row.ceiling.because}
        raise Refused(_("%(reference)s dépasse son plafond : %(because)s.") % told)
    published = scenario.rules == rules_of(decision.allocation.call).as_json()
    columns = {
        "amount": amount,
        "outcome": kept["outcome"],
        "reserve_rank": kept["reserve_rank"],
        "rule": kept["rule"],
        "by_rule": kept["by_rule"] and published,
    }
    if any(getattr(decision, name) != value for name, value in columns.items()):
        pinned = str(decision.dossier_id) in scenario.pins
        write(
            decision,
            **columns,
            version=decision.version + 1,
            revised_by=actor if pinned else None,
        )


def keep_proposal(allocation, decisions, *, actor):
    """What is handed over is the chosen scenario; amounts changed since make one more."""
    now = as_decided(decisions)
    chosen = allocation.scenarios.filter(is_chosen=True).first()
    if chosen is not None and same_amounts(chosen.result, now):
        return
    count = allocation.scenarios.count()
    mark(
        Scenario.objects.create(
            allocation=allocation,
            name=_("Proposition transmise n° %(n)s") % {"n": count + 1},
            rules=rules_of(allocation.call).as_json(),
            pins=pins_of(decisions),
            result=now,
            made_by=actor,
        )
    )


def mark(scenario):
    scenario.allocation.scenarios.filter(is_chosen=True).update(is_chosen=False)
    write(scenario, is_chosen=True)


def begin(allocation, name, actor):
    open_to(allocation, actor)
    if not name.strip():
        raise Refused(_("Donnez un nom à ce scénario."))
    if allocation.scenarios.filter(name=name).exists():
        raise Refused(_("Un scénario porte déjà ce nom."))
    if allocation.scenarios.count() >= MOST:
        raise Refused(_("Trente scénarios sont déjà gardés : choisissez parmi eux."))


def open_to(allocation, actor):
    lock(allocation)
    require(may.PREPARE, actor, allocation)
    if allocation.state != AllocationState.PREPARING:
        raise Refused(_("Cette proposition n’est plus modifiable : elle est déjà transmise."))


def pins_of(decisions):
    """The amounts somebody settled by hand."""
    return {str(d.dossier_id): str(d.amount) for d in decisions if d.revised_by_id}


def changed_rules(rules, *, mode, max_awards, envelope, bound):
    """Other rules from these; `bound`: (floors or caps, the rule to add), or None."""
    if bound is not None:
        kind, rule = bound
        kept = tuple(one for one in getattr(rules, kind) if one.of != rule.of)
        rules = replace(rules, **{kind: (*kept, rule)})
    return replace(rules, mode=mode, max_awards=max_awards, envelope=envelope)
