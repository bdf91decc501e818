from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from grants.opendata.forms import PretestForm
from grants.opendata.pretest import judge_answers
from tests.accounts.organisations.register_double import SIRET, company, running
from tests.accounts.organisations.register_double import answer as answered
from tests.factories import make_call

pytestmark = pytest.mark.django_db

TYPED = {
    "siret": "",
    "created_on": "2025-03-10",
    "department": "31",
    "size": "small",
    "situation": "sound",
    "de_minimis": "0",
    "stage": "mvp",
    "eligible_base": "100 000",
    "duration_months": "24",
}


@pytest.fixture
def register(settings):
    with running() as double:
        settings.COMPANY_API_URL = double.url
        yield double


def verdict(**changes):
    return answer(stored_call(), **changes).verdict


def stored_call(**overrides):
    """Read back, so that its amounts are those of the database."""
    call = make_call(**overrides)
    call.refresh_from_db()
    return call


def answer(call, **changes):
    form = PretestForm({**TYPED, **changes})
    assert form.is_valid(), form.errors
    return judge_answers(form.cleaned_data, call=call, on=timezone.localdate())


def broken(found):
    return [finding.rule for finding in found.obstacles]


def test_a_sound_company_meets_no_obstacle():
    found = verdict()

    assert (broken(found), found.ceiling.amount) == ([], Decimal(50_000))


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"created_on": "2012-01-01"}, "age"),
        ({"department": "00"}, "department"),
        ({"size": "large"}, "sme_size"),
        ({"situation": "insolvent"}, "difficulty"),
        ({"situation": "lost", "created_on": "2021-01-01"}, "difficulty"),
        ({"eligible_base": "39 999"}, "base_minimum"),
        ({"duration_months": "37"}, "duration"),
        ({"de_minimis": "300 000"}, "de_minimis"),
    ],
)
def test_one_wrong_fact_is_named(changes, rule):
    assert broken(verdict(**changes)) == [rule]


def test_a_young_company_that_lost_its_capital_is_warned_and_not_blocked():
    found = answer(stored_call(), situation="lost")

    assert found.mood == "eligible"
    assert "moins de trois ans" in found.verdict.finding("difficulty").sentence
    assert "difficulty" in [finding.rule for finding in found.warnings]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"department": "00"}, "établissement situé en Occitanie"),
        ({"size": "large"}, "moins de 250 salariés"),
        ({"situation": "insolvent"}, "fin de la procédure collective"),
        ({"situation": "lost", "created_on": "2021-01-01"}, "la moitié du capital souscrit"),
        ({"eligible_base": "39 999,50"}, "au moins 40\u202f000\u202f€"),
        ({"duration_months": "37"}, "Tenir le projet en 36 mois"),
    ],
)
def test_what_would_change_the_answer_is_told_and_suffices(changes, sentence):
    (change,) = answer(stored_call(), **changes).changes.single

    assert sentence in change.sentence
    assert change.enough


def test_nothing_makes_an_old_company_younger():
    found = answer(stored_call(), created_on="2012-01-01")

    assert (found.changes.single, [f.rule for f in found.hopeless]) == ((), ["age"])


def test_two_obstacles_need_both_changes():
    changes = answer(stored_call(), department="00", duration_months="48").changes

    assert [change.enough for change in changes.single] == [False, False]
    assert changes.together.obstacles == []


def test_the_last_day_is_told_when_it_is_near():
    on = timezone.localdate()
    birthday = on.replace(year=on.year - 7) + timedelta(days=10)

    found = answer(stored_call(), created_on=birthday.isoformat())

    assert found.until == birthday.replace(year=birthday.year + 8) - timedelta(days=1)
    assert answer(stored_call()).until is None


@pytest.mark.parametrize(
    ("changes", "low", "high"),
    [
        ({}, 50_000, 50_000),
        ({"eligible_base": "80 000"}, 40_000, 40_000),
        ({"stage": "launch", "eligible_base": "300 000"}, 150_000, 150_000),
        ({"eligible_base": ""}, 20_000, 50_000),
        ({"stage": "", "eligible_base": "300 000"}, 50_000, 150_000),
        ({"stage": "", "eligible_base": ""}, 20_000, 200_000),
        ({"de_minimis": "280 000"}, 20_000, 20_000),
    ],
)
def test_the_range_holds_every_way_the_open_answers_may_fall(changes, low, high):
    found = answer(stored_call(), **changes)

    assert (found.low, found.high) == (Decimal(low), Decimal(high))


def test_an_advance_is_counted_whole_as_long_as_its_advantage_is_not_known():
    found = answer(stored_call(), stage="launch", eligible_base="300 000", de_minimis="250 000")

    assert (found.mood, found.high) == ("eligible", Decimal(50_000))


def test_what_is_not_told_stays_open_and_is_named():
    found = answer(stored_call(), stage="", size="", de_minimis="")

    assert found.mood == "check"
    assert {"sme_size", "de_minimis"} <= {finding.rule for finding in found.open_points}


def test_the_caps_are_those_of_the_call():
    call = stored_call(max_age_years=1)

    assert broken(answer(call, created_on="2024-01-01").verdict) == ["age"]


def test_elsewhere_is_said_without_a_number():
    found = verdict(department="00")

    assert found.obstacles[0].sentence == (
        "L’établissement qui mène le projet n’est pas en Occitanie."
    )
    assert found.ceiling.sentence == found.obstacles[0].sentence
    assert "00" not in found.obstacles[0].sentence


def test_without_any_call_the_rules_of_the_scheme_apply():
    assert answer(None).verdict.ceiling.amount == Decimal(50_000)


def page(client, **query):
    return client.get(reverse("opendata:eligibility"), query).content.decode()


def test_page_first_asks_and_judges_nothing(client):
    make_call()

    found = page(client)

    assert "Voir la réponse" in found
    assert 'id="reponse"' not in found
    assert "points à corriger" not in found


def test_page_gives_the_answer_with_its_references(client):
    call = make_call()

    found = page(client, **TYPED)

    assert "Aide possible" in found
    assert "jusqu’à 50\u202f000\u202f€" in found
    assert f"Paramètres de l’appel {call.code}" in found


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("created_on", "31/02/2020"),
        ("created_on", "0001-01-01"),
        ("created_on", ""),
        ("department", "75"),
        ("siret", "73282932000075"),
        ("siret", "732829320"),
        ("size", "énorme"),
        ("de_minimis", "1e5"),
        ("eligible_base", "NaN"),
        ("eligible_base", "-5"),
        ("eligible_base", "١٢"),
        ("duration_months", "0"),
        ("stage", "autre"),
    ],
)
def test_bad_input_is_answered_at_its_field(client, name, typed):
    make_call()

    found = page(client, **{**TYPED, name: typed})

    assert "Un point à corriger" in found
    assert f'id="error_1_id_{name}"' in found or f'id="id_{name}_error"' in found
    assert 'id="reponse"' not in found


def registered(client, register, told, **changes):
    make_call()
    register.says(told)
    typed = {**TYPED, "siret": SIRET, "created_on": "", "department": "", **changes}
    return client.get(reverse("opendata:eligibility"), typed)


def test_a_siret_answers_for_date_and_place(client, register):
    found = registered(client, register, answered(company(date_creation="2025-03-01")))

    assert found.context["answer"].mood == "eligible"
    assert "créée le 1er mars 2025" in found.text


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"siege__etat_administratif": "F"}, "active"),
        ({"siege__commune": "75056"}, "department"),
        ({"siege__commune": None, "siege__libelle_pays_etranger": "ESPAGNE"}, "department"),
    ],
)
def test_what_the_register_says_can_refuse(client, register, changes, rule):
    found = registered(client, register, answered(company(date_creation="2025-03-01", **changes)))

    assert broken(found.context["answer"].verdict) == [rule]


def test_a_register_that_is_away_asks_for_two_facts_and_goes_on(client, register):
    page = registered(client, register, "<html>")
    again = registered(client, register, "<html>", created_on="2025-03-10", department="31")

    assert "ne répond pas pour l’instant" in page.text
    assert '<details class="why mb-3" open>' in page.text
    assert {"created_on", "department"} == set(page.context["form"].errors)
    assert again.context["answer"].mood == "eligible"


def test_nothing_is_written_anywhere(client, register):
    make_call()
    register.says(answered(company()))
    typed = {**TYPED, "siret": SIRET}
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse("opendata:eligibility"), typed)

    assert {query["sql"].split()[0] for query in captured} == {"SELECT"}
    assert "sessionid" not in client.cookies


def test_a_nul_byte_is_refused(client):
    make_call()

    response = client.get(reverse("opendata:eligibility"), {**TYPED, "eligible_base": "\x00"})

    assert response.status_code == 400


@pytest.mark.parametrize("pk", ["abc", "0", "99999999999999999999"])
def test_an_unknown_call_falls_back_on_the_open_one(client, pk):
    call = make_call(title="Appel ouvert")

    assert call.title in page(client, call=pk)


def test_the_open_call_comes_before_a_later_and_an_older_one(client):
    now = timezone.now()
    make_call(title="Ancien", opens_at=now - timedelta(90), closes_at=now - timedelta(30))
    make_call(title="Présent")
    make_call(title="Futur", opens_at=now + timedelta(30), closes_at=now + timedelta(60))

    assert "«\u202fPrésent\u202f»" in page(client)


def test_the_call_asked_for_stays_with_the_answers(client):
    make_call()
    later = make_call(title="Appel choisi")

    found = page(client, call=later.pk)

    assert "«\u202fAppel choisi\u202f»" in found
    assert f'name="call" value="{later.pk}"' in found
    assert f"Paramètres de l’appel {later.code}" in page(client, **TYPED, call=later.pk)
