import pytest
from django.utils import timezone

from accounts.organisations.models import Organisation
from tests.factories import join, luhn_siret, make_organisation, make_user

pytestmark = pytest.mark.django_db
NEW = "/entreprises/nouvelle/"


def typed(**overrides):
    return {
        "siret": luhn_siret(42),
        "name": "Algues du Lez",
        "legal_form": "SAS",
        "registered_on": "2022-03-01",
        "city": "Montpellier",
        "department": "34",
        "headcount": "6",
        **overrides,
    }


@pytest.fixture
def founder(client):
    user = make_user()
    client.force_login(user)
    return user


def test_a_company_is_recorded_and_its_page_shows_it(client, founder):
    response = client.post(NEW, typed(), follow=True)

    assert "Algues du Lez" in response.text
    assert "Hérault (34)" in response.text
    assert [m.user for m in Organisation.objects.get().people()] == [founder]


def test_afterwards_one_is_back_where_one_came_from(client, founder):
    assert 'value="/appels/3/"' in client.get(f"{NEW}?next=/appels/3/").text

    assert client.post(NEW, typed(next="/appels/3/"))["Location"] == "/appels/3/"


@pytest.mark.parametrize(
    "address", ["https://ailleurs.example/", "//ailleurs.example", "javascript:x"]
)
def test_no_other_site_is_returned_to(client, founder, address):
    assert "ailleurs.example" not in client.get(NEW, {"next": address}).text

    assert client.post(NEW, typed(next=address))["Location"].startswith("/entreprises/")


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("siret", "73282932000075", "un chiffre est faux"),
        ("siret", "732829320", "14 chiffres"),
        ("siret", "73282932OOOO74", "que des chiffres"),
        ("siret", "9" * 60, "14 chiffres"),
        ("name", "", "obligatoire"),
        ("name", "x" * 201, "200"),
        ("legal_form", "GmbH", "choix"),
        ("registered_on", "2999-01-01", "dans l’avenir"),
        ("registered_on", "0022-03-01", "quatre chiffres"),
        ("registered_on", "hier", "date valide"),
        ("department", "75", "choix"),
        ("headcount", "-1", "0"),
        ("headcount", "1e5", "nombre entier"),
        ("headcount", "NaN", "nombre entier"),
        ("headcount", "99999999999", "100"),
    ],
)
def test_each_mistake_is_told_at_its_field_and_nothing_is_lost(
    client, founder, field, value, sentence
):
    response = client.post(NEW, typed(**{field: value}))

    form = response.context["form"]
    assert list(form.errors) == [field]
    assert sentence in form.errors[field][0]
    assert form["city"].value() == "Montpellier"
    assert Organisation.objects.count() == 0


def test_somebody_else_s_company_is_told_kindly_at_the_siret(client, founder):
    make_organisation(owner=make_user(), siret=luhn_siret(42))

    response = client.post(NEW, typed())

    assert "peut vous mettre en relation" in response.context["form"].errors["siret"][0]


def test_double_click_records_one_company(client, founder):
    client.post(NEW, typed())
    client.post(NEW, typed())

    company = Organisation.objects.get()
    assert company.memberships.count() == 1


def test_edit_changes_facts_and_never_the_siret(client, founder):
    company = make_organisation(owner=founder)

    client.post(f"/entreprises/{company.pk}/modifier/", typed(headcount="9"))

    before = company.siret
    company.refresh_from_db()
    assert (company.headcount, company.siret) == (9, before)


def test_detail_costs_the_same_for_one_and_three_people(client, founder, count_queries):
    company = make_organisation(owner=founder)
    address = f"/entreprises/{company.pk}/"
    one = count_queries(lambda: client.get(address))
    join(make_user(), company)
    join(make_user(), company)

    assert count_queries(lambda: client.get(address)) == one == 5


def test_people_who_left_are_not_listed(client, founder):
    company = make_organisation(owner=founder)
    gone = join(make_user(full_name="Ancien Associé"), company)
    gone.left_at = timezone.now()
    gone.save()

    assert "Ancien Associé" not in client.get(f"/entreprises/{company.pk}/").text
