"""Reads the JSON problem of the command, strictly: what is not understood is refused.

Unknown keys, wrong types, NaN, exponents, negative amounts and impossible days are all refused:
a silent guess here would become a wrong verdict.
"""

import json
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, NoReturn

from grants.eligibility.caps import Caps, Regime, Severity, default_caps
from grants.eligibility.facts import (
    Company,
    DeMinimisAid,
    Holder,
    Project,
    Related,
    Research,
    Stage,
)
from grants.eligibility.identifiers import check_siren, check_siret, department_of
from grants.eligibility.reading import (
    BadInput,
    Reader,
    list_of,
    one_of,
    read_amount,
    read_checked,
    read_count,
    read_day,
    read_department,
    read_flag,
    read_integer,
    read_object,
    read_percent,
    read_record,
    read_share,
    read_signed,
    read_text,
    refuse,
)
from grants.eligibility.rules import RULES, Certainty, RuleBook


@dataclass(frozen=True)
class Problem:
    company: Company
    project: Project
    on: date
    caps: Caps


def read_problem(raw: bytes, *, today: date, rules: RuleBook = RULES) -> Problem:
    """UTF-8 with or without BOM; `today` is used where the document gives no day."""
    document = read_object(_load(raw), "", {"company", "project", "on", "caps"})
    on = read_day(document["on"], "on") if document.get("on") is not None else today
    company = _company(document.get("company") or {}, on)
    project = Project(**read_record(document.get("project") or {}, "project", PROJECT))
    caps = _caps(document.get("caps") or {}, default_caps(rules, on))
    return Problem(company=company, project=project, on=on, caps=caps)


def _load(raw: bytes) -> Any:
    try:
        return json.loads(
            raw.decode("utf-8-sig"),
            parse_float=_decimal,
            parse_constant=_refuse_constant,
            object_pairs_hook=_unique_keys,
        )
    except UnicodeDecodeError:
        raise BadInput("L’entrée n’est pas en UTF-8.") from None
    except json.JSONDecodeError as error:
        raise BadInput(f"JSON illisible, ligne {error.lineno}, colonne {error.colno}.") from None
    except RecursionError:
        raise BadInput("JSON illisible : trop de niveaux.") from None
    except BadInput:
        raise
    except ValueError:  # an integer of thousands of digits
        raise BadInput("JSON illisible : un nombre est trop long.") from None


def _company(values: Any, on: date) -> Company:
    known = read_record(values, "company", {**COMPANY, "commune": _commune})
    commune = known.pop("commune", None)
    if commune is not None:
        if known.get("department") not in (None, commune):
            refuse("company.department", f"ne correspond pas à la commune (département {commune})")
        known["department"] = commune
    company = Company(**known)
    if company.created_on is not None and company.created_on > on:
        refuse("company.created_on", f"est après le {on.isoformat()}")
    for index, aid in enumerate(company.de_minimis or ()):
        if aid.granted_on > on:
            refuse(f"company.de_minimis[{index}].granted_on", f"est après le {on.isoformat()}")
    return company


def _caps(values: Any, caps: Caps) -> Caps:
    """Parameters given by a call are its published rules: they are certain."""
    known = read_record(values, "caps", CAPS)
    if not known:
        return caps
    if known.get("regimes") == ():
        refuse("caps.regimes", "doit nommer au moins une base")
    known.setdefault("reference", "Paramètres de l’appel")
    return replace(caps, certainty=Certainty.CERTAIN, **known)


def _related(value: Any, path: str) -> Related:
    return Related(**read_record(value, path, RELATED))


def _aid(value: Any, path: str) -> DeMinimisAid:
    known = read_record(value, path, AID)
    for key in ("granted_on", "amount"):
        if key not in known:
            refuse(f"{path}.{key}", "est obligatoire")
    return DeMinimisAid(**known)


def _decimal(text: str) -> Decimal:
    if "e" in text.lower():
        raise BadInput(f"Le nombre {text[:40]} doit être écrit sans exposant.")
    return Decimal(text)


def _refuse_constant(text: str) -> NoReturn:
    raise BadInput(f"{text} n’est pas un nombre accepté.")


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    known = dict(pairs)
    if len(known) != len(pairs):
        raise BadInput("Une clé est donnée deux fois dans le même objet.")
    return known


_commune = read_checked(department_of)

RELATED: dict[str, Reader] = {
    "siren": read_checked(check_siren),
    "headcount": read_count,
    "turnover": read_amount,
    "balance_sheet": read_amount,
    "share": read_percent,
    "holder": one_of(Holder),
}
AID: dict[str, Reader] = {
    "granted_on": read_day,
    "amount": read_amount,
    "to_siren": read_checked(check_siren),
}
COMPANY: dict[str, Reader] = {
    "siret": read_checked(check_siret),
    "department": read_department,
    **dict.fromkeys(["created_on", "closed_on"], read_day),
    **dict.fromkeys(["headcount", "headcount_before"], read_count),
    **dict.fromkeys(["turnover", "balance_sheet", "capital"], read_amount),
    **dict.fromkeys(["rd_spend", "rd_spend_before", "charges"], read_amount),
    "equity": read_signed,
    **dict.fromkeys(["qualifying_percent", "academic_percent"], read_percent),
    **dict.fromkeys(
        [
            "active", "was_sme", "academic_agreement", "social_purpose", "new_activity",
            "distributed_profits", "in_insolvency", "unpaid_rescue_aid", "listed", "in_c_area",
        ],
        read_flag,
    ),
    **dict.fromkeys(["linked", "partners"], list_of(_related)),
    "de_minimis": list_of(_aid),
}  # fmt: skip
PROJECT: dict[str, Reader] = {
    "stage": one_of(Stage),
    **dict.fromkeys(
        ["eligible_base", "requested", "gross_grant_equivalent", "other_public_aid"], read_amount
    ),
    "own_funds": read_signed,
    "duration_months": read_integer,
    "starts_on": read_day,
    "research": one_of(Research),
    "collaborative": read_flag,
}
CAPS: dict[str, Reader] = {
    "rate": read_share,
    **dict.fromkeys(["total", "grant", "minimum_mvp", "minimum_other"], read_amount),
    **dict.fromkeys(["months", "age_years"], read_integer),
    **dict.fromkeys(["own_funds", "difficulty"], one_of(Severity)),
    "regimes": list_of(one_of(Regime)),
    "reference": read_text,
}
