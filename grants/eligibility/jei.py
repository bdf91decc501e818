"""JEI family, judged at the close of a financial year. The status informs, it never blocks.

The limits are strict here (fewer than 250, under 50 M€) where the SME definition includes them.
"""

from datetime import date
from decimal import Decimal

from grants.eligibility.facts import Company
from grants.eligibility.findings import Finding, Outcome, conclude, every, some
from grants.eligibility.group import HUNDRED, consolidated
from grants.eligibility.rules import Certainty, RuleBook
from grants.eligibility.spans import younger_than
from grants.eligibility.wording import day, number, typeset

COMMON = ("closed_on", "created_on", "headcount", "qualifying_percent", "new_activity")
NAMES = {
    "jei": "Jeune entreprise innovante (JEI)",
    "jec": "Jeune entreprise de croissance (JEC)",
    "jeu": "Jeune entreprise universitaire (JEU)",
    "jeii": "Jeune entreprise innovante à impact (JEII)",
}
GATE_FACTS = {
    "jei": ("rd_spend", "charges"),
    "jec": ("rd_spend", "charges", "rd_spend_before", "headcount_before"),
    "jeu": ("academic_percent", "academic_agreement"),
    "jeii": ("rd_spend", "charges", "social_purpose"),
}
FIRST_RULE = {
    "jei": "jei.research_percent",
    "jec": "jec.research_percent",
    "jeu": "jeu.capital_percent",
    "jeii": "jeii.research_percent",
}


def check_statuses(company: Company, rules: RuleBook, *, on: date) -> list[Finding]:
    return [_status(name, company, rules, on) for name in NAMES]


def _status(name: str, company: Company, rules: RuleBook, on: date) -> Finding:
    """The rule of the closing day decides, not that of the filing day."""
    closed = company.closed_on
    if closed is None or closed > on:
        return _no_year(name, company, rules, on)
    by = rules.find(FIRST_RULE[name], closed)
    if by is None:
        return _not_yet(name, rules, closed)
    share = research_percent(company)
    return conclude(
        name,
        by,
        every([shared_tests(company, rules, closed), gate(name, company, rules, closed)]),
        topic=NAMES[name],
        yes=f"{NAMES[name]} : les critères sont réunis pour l’exercice clos le {day(closed)}.",
        no=f"{NAMES[name]} : les critères ne sont pas tous réunis pour l’exercice clos le "
        f"{day(closed)} (recherche : {number(_shown(share))} % des charges).",
        inputs={
            "closed_on": closed,
            "research_percent": _shown(share),
            "common_tests": shared_tests(company, rules, closed),
            "gate": gate(name, company, rules, closed),
        },
        threshold=by.value,
        missing=_missing(name, company),
        blocking=False,
    )


def shared_tests(company: Company, rules: RuleBook, closed: date) -> bool | None:
    """SME, under eight years at the close, half of the capital with qualifying holders, new."""
    limit = {
        name: rules.get(f"jei.{name}", closed).value
        for name in ("headcount", "turnover", "balance_sheet", "age_years", "capital_percent")
    }
    money = [
        consolidated(company, column, rules, closed).below(limit[column])
        for column in ("turnover", "balance_sheet")
    ]
    held = company.qualifying_percent
    return every(
        [
            consolidated(company, "headcount", rules, closed).below(limit["headcount"]),
            some(money),
            younger_than(company.created_on, int(limit["age_years"]), closed),
            None if held is None else held >= limit["capital_percent"],
            company.new_activity,
        ]
    )


def gate(name: str, company: Company, rules: RuleBook, closed: date) -> bool | None:
    return {"jei": _jei, "jec": _jec, "jeu": _jeu, "jeii": _jeii}[name](company, rules, closed)


def research_percent(company: Company) -> Decimal | None:
    """Exact share, never rounded before it is compared."""
    if company.rd_spend is None or not company.charges:
        return None
    return company.rd_spend * HUNDRED / company.charges


def _jei(company: Company, rules: RuleBook, closed: date) -> bool | None:
    return _reaches(company, rules.get("jei.research_percent", closed).value)


def _jec(company: Company, rules: RuleBook, closed: date) -> bool | None:
    """Between 5 % and the JEI share, headcount doubled and ten more, research not reduced."""
    enough = _reaches(company, rules.get("jec.research_percent", closed).value)
    too_much = _reaches(company, rules.get("jei.research_percent", closed).value)
    return every(
        [
            enough,
            None if too_much is None else not too_much,
            _grown(company, rules, closed),
            _kept_up(company.rd_spend, company.rd_spend_before),
        ]
    )


def _jeu(company: Company, rules: RuleBook, closed: date) -> bool | None:
    held = company.academic_percent
    least = rules.get("jeu.capital_percent", closed).value
    return every([None if held is None else held >= least, company.academic_agreement])


def _jeii(company: Company, rules: RuleBook, closed: date) -> bool | None:
    enough = _reaches(company, rules.get("jeii.research_percent", closed).value)
    return every([enough, company.social_purpose])


def _reaches(company: Company, least: Decimal) -> bool | None:
    if company.rd_spend is None or not company.charges:
        return None
    return company.rd_spend * HUNDRED >= company.charges * least


def _grown(company: Company, rules: RuleBook, closed: date) -> bool | None:
    now, before = company.headcount, company.headcount_before
    if now is None or before is None:
        return None
    factor = rules.get("jec.growth_factor", closed).value
    posts = rules.get("jec.growth_posts", closed).value
    return now >= before * factor and now >= before + posts


def _kept_up(now: Decimal | None, before: Decimal | None) -> bool | None:
    return None if now is None or before is None else now >= before


def _shown(share: Decimal | None) -> Decimal | None:
    return None if share is None else share.quantize(Decimal("0.01"))


def _missing(name: str, company: Company) -> list[str]:
    wanted = (*COMMON, *GATE_FACTS[name], "linked", "partners")
    lacking = [f"company.{fact}" for fact in wanted if getattr(company, fact) is None]
    if company.turnover is None and company.balance_sheet is None:
        lacking += ["company.turnover", "company.balance_sheet"]
    if not company.charges and "charges" in GATE_FACTS[name]:
        lacking.append("company.charges")
    return list(dict.fromkeys(lacking))


def _no_year(name: str, company: Company, rules: RuleBook, on: date) -> Finding:
    return conclude(
        name,
        rules.latest(FIRST_RULE[name]),
        None,
        topic=f"{NAMES[name]}, qui s’apprécie à la clôture d’un exercice",
        yes="",
        no="",
        inputs={"closed_on": company.closed_on, "on": on},
        threshold=rules.latest(FIRST_RULE[name]).value,
        missing=["company.closed_on"],
        blocking=False,
    )


def _not_yet(name: str, rules: RuleBook, closed: date) -> Finding:
    text = rules.latest(FIRST_RULE[name])
    return Finding(
        rule=name,
        outcome=Outcome.NOT_MET,
        sentence=typeset(
            f"{NAMES[name]} : ce statut n’existait pas encore à la clôture du {day(closed)}."
        ),
        inputs={"closed_on": closed},
        threshold=text.valid_from,
        reference=text.reference,
        certainty=Certainty.PROBABLE,
        blocking=False,
    )
