from dataclasses import replace
from decimal import Decimal

from grants.dossiers.verdict_inputs import related_of
from grants.eligibility.facts import Related
from grants.formbuilder.definition import parse
from grants.formbuilder.filled import fill
from grants.formbuilder.starter import standard_form
from tests.grants.eligibility.cases import COMPANY, outcome

PARENT = {
    "name": "Groupe Garonne", "siret": "73282932000074", "link": "parent", "share": "80",
    "headcount": "400", "turnover": "90000000", "balance_sheet": "60000000",
}  # fmt: skip
PARTNER = {"name": "Pyrène Conseil", "link": "partner", "share": "30"}
LARGE = Related(
    siren="732829320",
    headcount=Decimal(400),
    turnover=Decimal(90_000_000),
    balance_sheet=Decimal(60_000_000),
    share=Decimal(80),
)


def answered(**values):
    return fill(parse(standard_form([("energie", "Énergie")])), values, {})


def test_declared_companies_become_linked_and_partner_companies():
    form = answered(group=True, related_companies=[PARENT, PARTNER])

    assert related_of(form) == ((LARGE,), (Related(share=Decimal(30)),))


def test_alone_and_not_said_yet_are_two_things():
    assert related_of(answered(group=False)) == ((), ())
    assert related_of(answered(group=True)) == (None, None)
    assert related_of(answered()) == (None, None)


def test_a_small_company_of_a_large_group_is_not_small():
    alone = {"linked": (), "partners": ()}
    linked, partners = related_of(answered(group=True, related_companies=[PARENT]))

    assert outcome("sme_size", company=alone) == "met"
    assert outcome("sme_size", company={"linked": linked, "partners": partners}) == "not_met"


def test_a_group_without_its_numbers_leaves_the_size_unknown():
    bare = {key: PARENT[key] for key in ("name", "siret", "link", "share")}
    linked, _partners = related_of(answered(group=True, related_companies=[bare]))

    assert replace(COMPANY, linked=linked).linked[0].headcount is None
    assert outcome("sme_size", company={"linked": linked}) == "unknown"
