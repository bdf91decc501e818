import pytest

from accounts.organisations.models import Organisation
from tests.accounts.organisations.register_double import SIRET, answer, company
from tests.factories import luhn_siret, make_user

pytestmark = pytest.mark.django_db
NEW, SEARCH = "/entreprises/nouvelle/", "/entreprises/recherche/"


@pytest.fixture
def founder(client):
    user = make_user()
    client.force_login(user)
    return user


def typed(**overrides):
    return {
        "siret": SIRET,
        "name": "Algues du Lez",
        "legal_form": "SAS",
        "registered_on": "2022-03-01",
        "city": "Montpellier",
        "department": "34",
        "headcount": "6",
        **overrides,
    }


def test_suggestions_lead_to_a_filled_form(client, founder, register):
    found = client.get(SEARCH, {"q": "algues", "next": "/appels/3/"}).text
    page = client.get(NEW, {"siret": SIRET, "next": "/appels/3/"})

    assert f"{NEW}?siret={SIRET}&amp;next=%2Fappels%2F3%2F#declaration" in found
    form = page.context["form"]
    assert [form[name].value() for name in ("name", "city", "department", "activity")] == [
        "ALGUES DU LEZ", "Montpellier", "34", "72.19Z",
    ]  # fmt: skip
    assert "Au répertoire : 6 à 9 salariés." in page.text


def test_without_script_the_same_search_is_a_page(client, founder, register):
    assert f"?siret={SIRET}" in client.get(NEW, {"q": "algues"}).text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("al", "au moins trois lettres"),
        ("73282932000075", "un chiffre est faux"),
        ("732829320000", "un SIRET 14"),
        ("1" * 100, "un SIRET 14"),
    ],
)
def test_what_cannot_be_asked_is_said_without_asking(client, founder, register, query, sentence):
    assert sentence in client.get(SEARCH, {"q": query}).text
    assert register.asked == []


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (answer(), "ne connaît pas ce SIRET"),
        (answer(company(siege__etat_administratif="F")), "fermé au répertoire"),
        (
            answer(company(siege__etat_administratif="F", siege__date_fermeture="2025-02-28")),
            "depuis le 28 février 2025",
        ),
        (answer(company(siege__libelle_pays_etranger="ESPAGNE")), "à l’étranger (ESPAGNE)"),
        (answer(company(siege__commune="75056")), "pas en Occitanie"),
        ("<html>", "ne répond pas pour l’instant"),
    ],
)
def test_each_answer_of_the_register_is_one_sentence(client, founder, register, told, sentence):
    register.says(told)

    assert sentence in client.get(SEARCH, {"q": SIRET}).text


def test_la_poste_is_accepted(client, founder, register):
    poste = "35600000049837"
    register.says(answer(company(poste)))

    client.post(NEW, typed(siret=poste))

    assert Organisation.objects.get().standing == "open"


def test_a_company_confirmed_on_the_spot_is_verified_at_once(client, founder, register):
    client.post(NEW, typed(name="Algues et Mer", remark="Nom d’usage depuis 2025."))

    organisation = Organisation.objects.get()
    assert (organisation.standing, organisation.next_check_at) == ("open", None)
    page = client.get(organisation.get_absolute_url()).text
    assert "ALGUES DU LEZ" in page
    assert "Nom d’usage depuis 2025." in page


def test_a_closed_company_is_refused_at_its_siret(client, founder, register):
    register.says(answer(company(siege__etat_administratif="F")))

    form = client.post(NEW, typed()).context["form"]

    assert "fermé au répertoire" in form.errors["siret"][0]
    assert form["city"].value() == "Montpellier"
    assert Organisation.objects.count() == 0


def test_a_company_abroad_is_told_so_at_its_siret_and_nothing_typed_is_lost(
    client, founder, register
):
    register.says(answer(company(siege__libelle_pays_etranger="ESPAGNE")))

    response = client.post(NEW, typed())

    form = response.context["form"]
    assert "à l’étranger (ESPAGNE)" in form.errors["siret"][0]
    assert form["city"].value() == "Montpellier"
    assert Organisation.objects.count() == 0


def test_a_register_that_fails_stops_nobody(client, founder, register):
    register.says("{}", status=500)

    response = client.post(NEW, typed(), follow=True)

    assert "Nous la vérifierons au répertoire" in response.text
    assert "À vérifier" in response.text
    assert Organisation.objects.get().next_check_at is not None


def test_without_a_register_the_page_offers_no_search(client, founder, settings):
    settings.COMPANY_API_URL = ""

    assert "Trouver votre entreprise" not in client.get(NEW).text
    assert client.get(NEW, {"siret": luhn_siret(1)}).status_code == 200


def test_what_the_register_says_is_escaped(client, founder, register):
    register.says(answer(company(nom_raison_sociale="<b>Algues</b>")))

    assert "&lt;b&gt;Algues&lt;/b&gt;" in client.get(SEARCH, {"q": "algues"}).text


@pytest.mark.parametrize(
    "query",
    ["\u202ealgues", "al\ufeffgues", "a" * 5000, "é" * 120, "' OR 1=1 --", "١٢٣", "%00", "&q=x"],
)
def test_whatever_is_typed_is_asked_as_text(client, founder, register, query):
    assert client.get(SEARCH, {"q": query}).status_code == 200
    assert len(register.last_query()["q"][0]) <= 120


def test_a_nul_is_refused_before_anything_is_asked(client, founder, register):
    assert client.get(SEARCH, {"q": "al\x00gues"}).status_code == 400
    assert register.asked == []
