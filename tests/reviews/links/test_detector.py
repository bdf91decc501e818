import pytest

from accounts.organisations.mail_domains import domain_of, is_under
from reviews.links.facts import House
from tests.reviews.links.companies import company, expert, found, kinds


def test_nothing_in_common_is_no_link():
    assert found() is None


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("account", {"person": 7}),
        ("siren", {"house": House("Héliotis", "800000011")}),
        ("group", {"house": House("Hélio Holding", "800000037")}),
        ("employer", {"house": House("HELIOTIS")}),
        ("mandate", {"mandates": (House("Héliotis", "800000011"),)}),
        ("mandate", {"mandates": (House("Hélio Holding", "800000037"),)}),
        ("shares", {"shares": (House("Heliotis s.a.s."),)}),
        ("former", {"former": (House("Héliotis", "", 2023),)}),
        ("former", {"former": (House("Héliotis", "", None),)}),
        ("person", {"name": "DUPONT Jean Pierre"}),
        ("person", {"name": "J.-P. Dupont"}),
        ("person", {"name": "Anna Lopez"}),
        ("domain", {"email": "Bob@HELIOTIS.fr"}),
        ("domain", {"email": "bob@recherche.heliotis.fr"}),
        ("address", {"address": "12, bd du Marechal Juin", "city": "31000 TOULOUSE Cedex"}),
        ("laboratory", {"laboratory": "LAAS (UPR 8001)"}),
        ("named", {"house": House("Fonds Grand-Causse")}),
        ("named", {"shares": (House("FONDS GRAND CAUSSE"),)}),
    ],
)
def test_each_sign_is_seen(kind, changes):
    assert kinds(found(expert(**changes))) >= {kind}


def test_an_incubator_the_dossier_speaks_of():
    other = company(texts=("Nous sommes hébergés par Nubbo depuis 2025.",))

    assert kinds(found(expert(incubator="Nubbo"), other)) == {"incubator"}


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Marie Dupont"},
        {"name": "Ana"},
        {"name": "Jean-Paul Dupond-Moretti"},
        {"email": "bob@gmail.com"},
        {"email": "bob@heliotis.com"},
        {"house": House("Héliotis", "800000045")},  # another number: another house
        {"former": (House("Héliotis", "800000011", 2019),)},
        {"address": "14 boulevard du Maréchal-Juin", "city": "Toulouse"},
        {"address": "12 boulevard du Maréchal-Juin", "city": "Albi"},
        {"address": "boulevard du Maréchal-Juin", "city": "Toulouse"},
        {"laboratory": "CNRS"},
        {"laboratory": "LAA"},
        {"house": House("Fonds Grand Sud")},
    ],
)
def test_what_only_looks_alike_links_nobody(changes):
    other = company(texts=("Avec le CNRS et le LAAS, nous mesurons.",))

    assert found(expert(**changes), other) is None


def test_five_years_after_leaving_a_house_still_bind_and_a_sixth_does_not():
    left = {year: expert(former=(House("Héliotis", "800000011", year),)) for year in (2021, 2020)}

    assert kinds(found(left[2021])) == {"former"}
    assert found(left[2020]) is None


def test_an_address_shared_by_many_applicants_is_a_business_centre():
    one = expert(address="12 boulevard du Maréchal-Juin", city="Toulouse")
    neighbours = [company(id=n, siren=f"9000000{n:02d}", name=f"Voisin {n}") for n in (21, 22, 23)]

    assert kinds(found(one, company(), *neighbours[:2])) == {"address"}
    assert found(one, company(), *neighbours) is None


def test_a_domain_shared_by_many_applicants_is_a_provider():
    one = expert(email="bob@heliotis.fr")
    others = [company(id=n, siren=f"9000000{n:02d}", name=f"Voisin {n}") for n in (21, 22, 23)]

    assert found(one, company(), *others) is None


def test_weak_signs_add_up_and_are_all_told():
    one = expert(
        address="12 bd du Maréchal Juin", city="Toulouse", laboratory="LAAS", name="J. P. Dupont"
    )

    finding = found(one)

    assert kinds(finding) == {"address", "laboratory", "person"}
    assert finding.score == round(1 - 0.4 * 0.35 * 0.35, 4)


def test_evidence_says_what_each_side_stated():
    [one] = found(expert(name="DUPONT Jean Pierre")).evidence

    assert (one.ours, one.theirs) == ("DUPONT Jean Pierre", "Jean-Pierre Dupont")


def test_the_order_of_the_facts_changes_nothing():
    one = expert(name="J.-P. Dupont", laboratory="LAAS", email="x@heliotis.fr")
    other = company(people=tuple(reversed(company().people)))

    assert found(one) == found(one, other)


def test_no_siren_links_nobody():
    nameless = company(siren="", name="", group=frozenset({""}))

    assert found(expert(house=House("", "")), nameless) is None


@pytest.mark.parametrize("email", ["a@orange.fr", "a@GMAIL.com", "a", "", "a@localhost"])
def test_everybodys_mail_is_no_house(email):
    assert domain_of(email) == ""


def test_a_suffix_of_many_houses_is_none():
    assert is_under("labo.univ.fr", "univ.fr")
    assert not is_under("mairie.gouv.fr", "gouv.fr")
    assert not is_under("xheliotis.fr", "heliotis.fr")


def test_a_brand_is_a_name_of_the_company():
    other = company(brands=("Tuilerie Pastel",))

    finding = found(expert(house=House("TUILERIE-PASTEL")), other)

    assert [(one.kind, one.theirs) for one in finding.evidence] == [("employer", "Tuilerie Pastel")]


@pytest.mark.parametrize("brand", ["CNRS", "ADL", ""])
def test_a_brand_everybody_has_says_nothing(brand):
    assert found(expert(house=House(brand)), company(brands=(brand,))) is None
