from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from grants.opendata.forms import PretestForm
from grants.opendata.pretest import judge_answers
from tests.factories import make_call

pytestmark = pytest.mark.django_db

TYPED = {
    "created_on": "2025-03-10",
    "department": "31",
    "headcount": "6",
    "turnover": "120 000",
    "balance_sheet": "90 000",
    "alone": "yes",
    "insolvency": "no",
    "stage": "mvp",
    "eligible_base": "100 000",
    "requested": "50 000",
    "duration_months": "24",
    "de_minimis": "0",
}


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
        ({"headcount": "400"}, "sme_size"),
        ({"insolvency": "yes"}, "difficulty"),
        ({"eligible_base": "39 999", "requested": "10 000"}, "base_minimum"),
        ({"duration_months": "37"}, "duration"),
        ({"de_minimis": "300 000"}, "de_minimis"),
    ],
)
def test_one_wrong_fact_is_named(changes, rule):
    assert broken(verdict(**changes)) == [rule]


def test_one_euro_above_the_rate_is_too_much_but_mendable():
    found = answer(stored_call(), eligible_base="80 000", requested="40 001")

    assert (found.mood, found.verdict.ceiling.amount) == ("too_much", Decimal(40_000))


def test_what_is_not_told_stays_open_and_is_named():
    found = answer(stored_call(), stage="", alone="")

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

    assert "Aide possible au plus" in found
    assert f"Paramètres de l’appel {call.code}" in found


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("created_on", "31/02/2020"),
        ("created_on", "0001-01-01"),
        ("created_on", ""),
        ("department", "75"),
        ("headcount", "-1"),
        ("headcount", "six"),
        ("turnover", "1e5"),
        ("requested", "NaN"),
        ("requested", "-5"),
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


def test_a_nul_byte_is_refused(client):
    make_call()

    response = client.get(reverse("opendata:eligibility"), {**TYPED, "requested": "\x00"})

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

    assert "« Présent »" in page(client)


def test_the_call_asked_for_stays_with_the_answers(client):
    make_call()
    later = make_call(title="Appel choisi")

    found = page(client, call=later.pk)

    assert "« Appel choisi »" in found
    assert f'name="call" value="{later.pk}"' in found
    assert f"Paramètres de l’appel {later.code}" in page(client, **TYPED, call=later.pk)
