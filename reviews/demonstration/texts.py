"""What a company types in its dossier: question key → text, as the form receives it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from accounts.organisations.models import Organisation
from reviews.demonstration.numbers import Plan, euros
from reviews.demonstration.stock import Project, read

TURNOVERS = (180_000, 240_000, 310_000, 420_000, 560_000, 740_000, 980_000)


@dataclass(frozen=True)
class Author:
    """Who writes, about what, on which day."""

    project: Project
    organisation: Organisation
    sister: Organisation | None
    person: str
    plan: Plan
    day: date
    names: Iterator[str]
    chance: Random


def answers(author: Author) -> dict[str, str]:
    return {
        **about_company(author),
        **about_project(author),
        **about_people(author),
        **about_money(author),
        "commitment": "oui",
    }


def about_company(author: Author) -> dict[str, str]:
    chance, organisation = author.chance, author.organisation
    turnover = chance.randint(4, 90) * 5_000
    equity = author.plan.requested + chance.randint(2, 40) * 5_000
    aided = chance.random() < 0.6
    return {
        "activity": phrase(author, read("sentences")["activity"]),
        **about_group(author.sister),
        "insolvency": "non",
        "closed_on": f"{author.day.year - 1}-12-31",
        "turnover": str(turnover),
        "balance_sheet": str(turnover + chance.randint(10, 60) * 5_000),
        "equity": str(equity),
        "capital": str(equity - chance.randint(0, 6) * 1_500),
        "jei": chance.choice(("yes", "yes", "eligible", "no", "unknown")),
        "rd_spend": str(chance.randint(8, 40) * 3_000),
        "charges": str(turnover // 2 + organisation.headcount * 21_000),
        "aided": "oui" if aided else "non",
        "aids": rows(earlier_aid(author)) if aided else "",
    }


def about_group(sister: Organisation | None) -> dict[str, str]:
    if sister is None:
        return {"group": "non"}
    linked = {"name": sister.name, "siret": sister.siret, "link": "linked", "share": "60"}
    size = {"headcount": str(sister.headcount), "turnover": "240000", "balance_sheet": "310000"}
    return {"group": "oui", "related_companies": rows([{**linked, **size}])}


def earlier_aid(author: Author) -> Iterator[dict[str, str]]:
    chance = author.chance
    yield {
        "granted_on": (author.day - timedelta(days=chance.randint(120, 900))).isoformat(),
        "funder": chance.choice(("Bpifrance", "Région Occitanie", "Communauté de communes")),
        "amount": str(chance.choice((8_000, 15_000, 20_000, 30_000))),
        "regime": "de_minimis",
    }


def about_project(author: Author) -> dict[str, str]:
    project, chance, said = author.project, author.chance, read("sentences")
    return {
        "title": project.title,
        "theme": project.theme,
        "stage": project.stage,
        "department": project.department,
        "innovation": f"{project.innovation}\n\n{chance.choice(said['protection'])}",
        "starts_on": (author.day + timedelta(days=chance.randint(20, 90))).isoformat(),
        "duration_months": str(chance.choice((12, 18, 18, 24, 30))),
        "market": project.market,
        "business_model": f"{phrase(author, said['business'])}\n\n{said['plan'][project.stage]}",
        "impact": f"{project.impact}\n\n{chance.choice(said['measure'])}",
        "jobs": str(project.jobs),
        "laboratory": f"{project.laboratory} {chance.choice(said['support'])}",
    }


def about_people(author: Author) -> dict[str, str]:
    roles = read("people")["roles"]
    kept = [roles[0], *author.chance.sample(roles[1:], author.chance.randint(2, 4))]
    names = [author.person, *(next(author.names) for _role in kept[1:])]
    return {
        "team": rows(
            {"name": name, "role": role, "skill": skill, "share": str(share)}
            for name, (role, skill, share) in zip(names, kept, strict=True)
        )
    }


def about_money(author: Author) -> dict[str, str]:
    plan, items = author.plan, read("sentences")["items"]
    return {
        "budget": rows(
            {"item": author.chance.choice(items[nature]), "nature": nature, "amount": str(amount)}
            for nature, amount in plan.budget
            if amount
        ),
        "eligible_base": str(plan.base),
        "requested": str(plan.requested),
        "financing": rows(
            {
                "source": source,
                "nature": nature,
                "amount": str(amount),
                "secured": "oui" if secured else "non",
            }
            for source, nature, amount, secured in plan.financing
        ),
    }


def phrase(author: Author, choices: list[str]) -> str:
    age = (author.day - author.organisation.registered_on).days
    return author.chance.choice(choices).format(
        company=author.project.company,
        city=author.project.city,
        title=author.project.title,
        headcount=author.organisation.headcount,
        years=max(2, age // 365),
        months=author.chance.randint(11, 30),
        price=euros(author.chance.randint(9, 96) * 250),
        turnover=euros(author.chance.choice(TURNOVERS)),
    )


def rows(table) -> str:
    return json.dumps(list(table), ensure_ascii=False)
