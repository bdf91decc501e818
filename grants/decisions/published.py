"""The rules of a call as they were published, read for the calculation."""

from grants.decisions.problem import Payment, Rule
from grants.decisions.proposing import cents
from grants.decisions.ruling import Rules
from grants.funding.figures import years_of


def rules_of(call):
    """What applicants were promised; without a word of the call, the order of the ranking."""
    sharing = getattr(call, "sharing", None)
    if sharing is None:
        return Rules()
    bounds = list(call.sharing_bounds.select_related("theme"))
    draw = getattr(call, "draw", None)
    return Rules(
        mode=sharing.mode,
        floors=tuple(rule_of(bound) for bound in bounds if bound.kind == "floor"),
        caps=tuple(rule_of(bound) for bound in bounds if bound.kind == "cap"),
        max_awards=sharing.max_awards,
        grey=sharing.grey_is_tied,
        seed=(draw.seed or None) if sharing.draws and draw else None,
        shares=tuple(
            (str(call.year + place), part * 100) for place, part in enumerate(sharing.payment_parts)
        ),
    )


def rule_of(bound):
    return Rule(
        of(str(bound.theme) if bound.theme_id else "", bound.department), cents(bound.amount)
    )


def of(theme, department):
    """What a bound counts, in the order the calculation names it."""
    pairs = (("department", department), ("theme", theme))
    return tuple((key, value) for key, value in pairs if value)


def payments_of(envelope, rules):
    """What each year can still pay, where credits are open and the call says who is paid when."""
    if not rules.shares:
        return ()
    wanted = {year for year, _part in rules.shares}
    return tuple(
        Payment(str(one.year), cents(max(one.opened - max(one.paid, one.planned), 0)))
        for one in years_of(envelope)
        if str(one.year) in wanted and one.opened > 0
    )
