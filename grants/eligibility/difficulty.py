"""Undertaking in difficulty. De minimis tolerates it; the scheme asks for a sound company."""

from datetime import date

from grants.eligibility.caps import Caps, Severity
from grants.eligibility.facts import Company
from grants.eligibility.findings import Finding, absent, conclude, every
from grants.eligibility.rules import Rule, RuleBook
from grants.eligibility.spans import younger_than
from grants.eligibility.wording import euros


def check_difficulty(company: Company, caps: Caps, rules: RuleBook, *, on: date) -> Finding:
    """Half of the capital lost, collective proceedings or rescue aid unpaid."""
    young = younger_than(company.created_on, int(rules.get("difficulty.young_years", on).value), on)
    kept = keeps_half_its_capital(company, rules, on)
    passed, by = _answer(company, kept, young, rules, on)
    spared = by.key == "difficulty.young_years"
    return conclude(
        "difficulty",
        by,
        passed,
        topic="Entreprise en difficulté",
        yes="L’entreprise n’est pas en difficulté au sens européen.",
        no=_why(company, spared=spared),
        inputs={
            "equity": company.equity,
            "capital": company.capital,
            "in_insolvency": company.in_insolvency,
            "unpaid_rescue_aid": company.unpaid_rescue_aid,
            "under_three_years": young,
        },
        threshold=rules.get("difficulty.capital_share", on).value,
        missing=_missing(company, kept, young),
        # a young company escapes the capital test, so its accounts cannot hold it up
        blocking=caps.difficulty == Severity.BLOCKING
        and not (young and company.in_insolvency is False and passed is None),
        remedy="" if spared else "Une régularisation avant la décision peut changer la réponse.",
    )


def keeps_half_its_capital(company: Company, rules: RuleBook, on: date) -> bool | None:
    """More than half of the capital lost is too much; exactly half is not."""
    if company.equity is None or company.capital is None:
        return None
    return company.equity >= company.capital * rules.get("difficulty.capital_share", on).value


def is_sound(company: Company, rules: RuleBook, on: date) -> bool | None:
    """Not in difficulty, young companies exempted."""
    young = younger_than(company.created_on, int(rules.get("difficulty.young_years", on).value), on)
    kept = keeps_half_its_capital(company, rules, on)
    passed, by = _answer(company, kept, young, rules, on)
    return True if by.key == "difficulty.young_years" else passed


def _answer(
    company: Company, kept: bool | None, young: bool | None, rules: RuleBook, on: date
) -> tuple[bool | None, Rule]:
    """The exemption of young companies is not verified: where it decides, it is the rule named."""
    law = rules.get("difficulty.capital_share", on)
    sound = every(
        [
            None if company.in_insolvency is None else not company.in_insolvency,
            company.unpaid_rescue_aid is not True,
        ]
    )
    if sound is False or kept is not False:
        return every([sound, kept]), law
    if young and sound:
        return False, rules.get("difficulty.young_years", on)
    return (False if young is False else None), law


def _missing(company: Company, kept: bool | None, young: bool | None) -> list[str]:
    lacking = absent(
        company__in_insolvency=company.in_insolvency,
        company__equity=company.equity,
        company__capital=company.capital,
    )
    if kept is False and young is None:
        lacking.append("company.created_on")
    return lacking


def _why(company: Company, *, spared: bool) -> str:
    if company.in_insolvency:
        return "L’entreprise fait l’objet d’une procédure collective."
    if company.unpaid_rescue_aid:
        return "L’entreprise n’a pas remboursé une aide au sauvetage."
    lost = (
        f"Les capitaux propres ({euros(company.equity)}) sont inférieurs à la moitié du capital "
        f"souscrit ({euros(company.capital)})"
    )
    if spared:
        return f"{lost}, mais l’entreprise a moins de trois ans et échappe à ce test."
    return f"{lost} : l’entreprise est en difficulté au sens européen."
