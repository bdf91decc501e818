import csv
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from grants.dossiers.models import Dossier
from tests.factories import (
    make_call,
    make_dossier,
    make_envelope,
    make_organisation,
    make_programme,
)
from tests.grants.opendata.announced import make_award, make_decided

pytestmark = pytest.mark.django_db

HOME = "/"
AWARDS = "/aides/"


def text(response):
    return response.content.decode()


def rows_of(response):
    lines = response.content.decode("utf-8-sig").splitlines()
    return list(csv.DictReader(lines, delimiter=";"))


def test_home_without_any_call_says_so(client):
    response = client.get(HOME)

    assert "Aucun appel n’est publié pour l’instant" in text(response)


def test_home_shows_the_open_call_and_its_one_act(client):
    call = make_call(title="Appel 2027", max_aid=200_000)

    page = text(client.get(HOME))

    assert "Appel 2027" in page
    assert f'href="{call.get_absolute_url()}">Déposer un dossier' in page
    assert "200\u202f000\u202f€" in page
    assert "Aucune aide n’a encore été votée" in page


def test_home_opens_on_the_programme_that_published_most(client):
    known = make_programme()
    make_call(known, state="decided")
    call = make_call(known, title="Appel du connu")
    make_call(title="Appel plus proche", closes_at=call.closes_at - timedelta(days=9))

    page = text(client.get(HOME))

    assert f'href="{call.get_absolute_url()}">Déposer un dossier' in page
    assert page.count("Déposer un dossier") == 1
    assert ">Appel plus proche</a>" in page.split("Ouverts aussi en ce moment")[1]


def test_home_announces_the_next_call_when_none_is_open(client):
    now = timezone.now()
    make_call(opens_at=now + timedelta(days=9), closes_at=now + timedelta(days=60))

    page = text(client.get(HOME))

    assert "Aucun appel ouvert" in page
    assert "Déposer un dossier" not in page
    assert "dans 8\u00a0jours" in page


def test_home_never_shows_a_call_in_preparation(client):
    now = timezone.now()
    programme = make_programme()
    later = {"opens_at": now + timedelta(days=9), "closes_at": now + timedelta(days=60)}
    make_call(programme, state="draft", title="Appel secret", **later)
    make_call(programme, state="open", title="Appel annoncé", **later)

    page = text(client.get(HOME))

    assert ("Appel annoncé" in page, "Appel secret" in page) == (True, False)
    assert "Appel secret" not in text(client.get(reverse("opendata:eligibility")))


def test_home_of_a_chosen_programme(client):
    make_call(make_programme(name="Premier", slug="premier"))
    make_call(make_programme(name="Second", slug="second"))

    page = text(client.get("/?programme=second"))

    assert "<h1>Second</h1>" in page
    assert 'href="?programme=premier"' in page


@pytest.mark.parametrize("query", ["?programme=rien", "?mesure=%3Cscript%3E", "?programme[]=1"])
def test_home_with_an_unknown_wish_shows_the_usual_page(client, query):
    make_call(make_programme(name="Premier"))

    assert "<h1>Premier</h1>" in text(client.get(HOME + query))


def test_home_costs_the_same_for_one_and_three_awards(client, count_queries):
    programme = make_programme()
    make_call(programme)
    make_envelope(programme)
    make_award(programme=programme)
    one = count_queries(lambda: client.get(HOME))
    make_award(programme=programme)
    make_award(programme=programme)

    assert count_queries(lambda: client.get(HOME)) == one == 7


def test_list_costs_the_same_for_one_and_three_awards(client, count_queries):
    make_award()
    one = count_queries(lambda: client.get(AWARDS))
    make_award()
    make_award()

    assert count_queries(lambda: client.get(AWARDS)) == one == 3


def test_list_is_filtered_by_year_theme_and_department(client):
    for number, (year, department) in enumerate([(2025, "31"), (2026, "31"), (2026, "09")]):
        organisation = make_organisation(name=f"Société {number}")
        make_award(
            organisation=organisation,
            department=department,
            deliberated_on=date(year, 3, 1),
        )

    page = text(client.get(AWARDS, {"year": "2026", "department": "09", "theme": "Énergie"}))

    assert [name for name in ("Société 0", "Société 1", "Société 2") if name in page] == [
        "Société 2"
    ]


@pytest.mark.parametrize("query", ["year=abc", "theme=Rien", "department=99", "page=zzz"])
def test_list_ignores_filters_nobody_knows(client, query):
    make_award(organisation=make_organisation(name="Société Une"))

    assert "Société Une" in text(client.get(f"{AWARDS}?{query}"))


def test_list_before_the_first_vote_explains_itself(client):
    assert "Aucune aide n’a encore été votée" in text(client.get(AWARDS))


def test_pages_keep_the_filter(client):
    call = make_call(state="decided")
    awarded = [make_dossier(call=call, state="awarded", department="31") for _ in range(51)]
    make_decided(call, [(dossier, "award", 1000) for dossier in awarded])

    page = text(client.get(AWARDS, {"department": "31"}))

    assert 'href="?department=31&amp;page=2"' in page


def test_export_holds_the_essential_facts(client):
    company = make_organisation(name="Hélio", siret="80000003600018")
    award = make_award(
        48_500, organisation=company, title="Four solaire", deliberated_on=date(2026, 7, 10)
    )

    (row,) = rows_of(client.get(reverse("opendata:awards_csv")))

    assert row["nomBeneficiaire"] == "Hélio"
    assert row["idBeneficiaire"] == "80000003600018"
    assert row["objet"] == "Four solaire"
    assert row["montant"] == "48500"
    assert row["dateDecision"] == "2026-07-10"
    assert row["referenceDecision"] == "2026/CP/07"
    assert row["dossier"] == award.dossier.reference


@pytest.mark.parametrize("typed", ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1"])
def test_export_disarms_formulas(client, typed):
    make_award(title=typed)

    (row,) = rows_of(client.get(reverse("opendata:awards_csv")))

    assert row["objet"] == f"'{typed}"


def test_export_follows_the_filter(client):
    make_award(department="31")
    make_award(department="09")

    rows = rows_of(client.get(reverse("opendata:awards_csv"), {"department": "09"}))

    assert [row["departement"] for row in rows] == ["Ariège"]


@pytest.mark.parametrize("address", ["opendata:accessibility", "opendata:legal"])
def test_legal_pages_name_who_answers(client, address):
    make_call(make_programme(contact_email="aides@region.example"))

    page = text(client.get(reverse(address)))

    assert 'href="mailto:aides@region.example"' in page


def test_footer_leads_to_the_legal_pages(client):
    page = text(client.get(HOME))

    assert f'href="{reverse("opendata:accessibility")}"' in page
    assert f'href="{reverse("opendata:legal")}"' in page


def test_a_visitor_leaves_nothing_behind(client):
    make_call()

    client.get(reverse("opendata:eligibility"), {"created_on": "2023-01-01", "department": "31"})

    assert not Dossier.objects.exists()
