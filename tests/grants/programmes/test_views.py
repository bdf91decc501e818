from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from grants.core.moments import MomentField
from grants.programmes.models import Call
from grants.programmes.states import CallState, Role
from tests.factories import make_call, make_programme, make_staff, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return make_programme()


@pytest.fixture
def manager(programme, client):
    user = make_staff(programme, Role.MANAGER)
    client.force_login(user)
    return user


def typed(**overrides):
    return {
        "title": "Appel 2027",
        "code": "ap27",
        "year": "2027",
        "summary": "",
        "opens_at": "2027-09-01T09:00",
        "closes_at": "2027-11-15T12:00",
        "reviews_due_at": "2027-12-20T18:00",
        "committee_on": "2028-01-20",
        "decision_on": "2028-02-20",
        "reserve_until": "2028-12-31",
        "max_rate": "50",
        "max_aid": "200 000",
        "max_grant": "50 000",
        "min_base_mvp": "40 000",
        "min_base": "100 000",
        "max_months": "36",
        "max_age_years": "8",
        "reviews_per_dossier": "3",
        "reading_minutes": "90",
        "method": "raw",
        "top_score": "5",
        "threshold": "2,5",
        **overrides,
    }


def test_list_costs_the_same_for_one_and_three_calls(client, programme, manager, count_queries):
    make_call(programme)
    one = count_queries(lambda: client.get(reverse("programmes:calls")))
    make_call(programme, state=CallState.DRAFT)
    make_call(programme)

    assert count_queries(lambda: client.get(reverse("programmes:calls"))) == one == 6


def test_a_visitor_lists_published_calls_only(client, programme):
    published = make_call(programme)
    make_call(programme, state=CallState.DRAFT)

    page = client.get(reverse("programmes:calls")).context["page"]

    assert list(page) == [published]


def test_call_page_costs_little_to_a_visitor(client, count_queries):
    call = make_call()

    assert count_queries(lambda: client.get(call.get_absolute_url())) == 3


def test_a_visitor_reads_what_the_call_pays_and_how_to_begin(client):
    page = client.get(make_call().get_absolute_url()).content.decode()

    assert "200\u202f000\u202f€ au plus" in page
    assert 'id="eligibilite"' in page
    assert "Créer un compte pour commencer" in page


def test_a_closed_call_offers_no_beginning(client):
    now = timezone.now()
    call = make_call(opens_at=now - timedelta(days=9), closes_at=now - timedelta(minutes=1))

    page = client.get(call.get_absolute_url()).content.decode()

    assert "Créer un compte pour commencer" not in page
    assert "Cet appel est clos" in page


def test_a_draft_asks_a_visitor_to_sign_in(client):
    call = make_call(state=CallState.DRAFT)

    response = client.get(call.get_absolute_url())

    assert response["Location"].startswith(reverse("account_login"))


def test_a_manager_prepares_a_call_in_one_form(client, programme, manager):
    response = client.post(reverse("programmes:new_call", args=[programme.pk]), typed())

    call = Call.objects.get()
    assert response["Location"] == call.get_absolute_url()
    assert (call.code, str(call.max_rate), call.criteria.count()) == ("AP27", "0.5000", 5)


def test_the_first_call_starts_from_the_usual_caps(client, programme, manager):
    client.force_login(manager)
    form = client.get(reverse("programmes:new_call", args=[programme.pk])).context["form"]

    assert form["max_rate"].initial == Decimal("0.5")
    assert form["threshold"].initial == Decimal("2.5")
    assert form["year"].initial == timezone.localdate().year


def test_new_call_starts_from_the_last_one(client, programme, manager):
    make_call(programme, max_aid=150_000, year=2026)

    form = client.get(reverse("programmes:new_call", args=[programme.pk])).context["form"]

    assert (form["max_aid"].value(), form["year"].value()) == ("150\u202f000", 2027)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("opens_at", "2027-03-28T02:30", "Cette heure n’existe pas"),
        ("closes_at", "2027-08-01T09:00", "Les dates se suivent"),
        ("committee_on", "2027-12-01", "Le comité se réunit après"),
        ("max_aid", "1e5", "Écrivez un montant en euros"),
        ("max_aid", "NaN", "Écrivez un montant en euros"),
        ("max_grant", "200 001", "La subvention ne dépasse pas"),
        ("max_rate", "NaN", "Écrivez un nombre"),
        ("max_rate", "101", "entre 1 et 100"),
        ("threshold", "1e1", "Écrivez un nombre"),
        ("year", "99999999999999999999", "2000 et 2100"),
        ("max_months", "1e2", "nombre entier"),
        ("closes_at", "0001-01-01T00:00", "2000 et 2100"),
        ("title", "", "obligatoire"),
    ],
)
def test_a_wrong_value_is_explained_and_kept(client, programme, manager, field, value, told):
    response = client.post(
        reverse("programmes:new_call", args=[programme.pk]), typed(**{field: value})
    )

    page = response.content.decode()
    assert response.status_code == 200
    assert told in page
    assert not Call.objects.exists()
    assert response.context["form"][field].value() == value


def test_the_hour_that_comes_twice_is_kept_once_and_said(client, programme, manager):
    response = client.post(
        reverse("programmes:new_call", args=[programme.pk]),
        typed(closes_at="2027-10-31T02:30"),
        follow=True,
    )

    assert Call.objects.get().closes_at.isoformat() == "2027-10-31T00:30:00+00:00"
    assert "arrive deux fois" in response.content.decode()
    assert "2\u202fh\u202f30 (heure d’été)" in response.content.decode()


def test_the_hour_that_comes_twice_is_said_at_its_field(client, programme, manager):
    call = make_call(programme, state="draft", **{
        name: MomentField().clean(f"2027-10-{day}T02:30")
        for name, day in [("opens_at", 1), ("closes_at", 31)]
    })  # fmt: skip

    page = client.get(reverse("programmes:edit_call", args=[call.pk]))

    assert "arrive deux fois" in page.context["form"]["closes_at"].help_text
    assert "arrive deux fois" not in page.context["form"]["opens_at"].help_text
    assert page.content.decode().count("arrive deux fois") == 1


def test_a_nul_byte_is_refused_politely(client, programme, manager):
    response = client.post(reverse("programmes:new_call", args=[programme.pk]), typed(title="a\0b"))

    assert response.status_code == 400


def test_the_second_click_creates_no_second_call(client, programme, manager):
    url = reverse("programmes:new_call", args=[programme.pk])

    client.post(url, typed())
    again = client.post(url, typed())

    assert Call.objects.count() == 1
    assert "existe déjà" in again.content.decode()


def test_publishing_an_unready_call_says_what_is_missing(client, programme, manager):
    call = make_call(programme, state=CallState.DRAFT)
    call.criteria.filter(key="impact").update(weight=10)

    page = client.post(reverse("programmes:open", args=[call.pk]), follow=True).content.decode()

    assert "La somme des poids est 70 au lieu de 100." in page


def test_publishing_twice_is_refused_kindly(client, programme, manager):
    call = make_call(programme, state=CallState.DRAFT)
    url = reverse("programmes:open", args=[call.pk])

    client.post(url)
    again = client.post(url, follow=True)

    assert "ne permet pas cette action" in again.content.decode()
    assert call.history.count() == 1


def test_a_draft_becomes_open_in_three_clicks(client, programme, manager):
    client.post(reverse("programmes:new_call", args=[programme.pk]), typed())
    call = Call.objects.get()

    client.post(reverse("formbuilder:adopt", args=[call.pk]))
    client.post(reverse("programmes:open", args=[call.pk]))

    call.refresh_from_db()
    assert call.state == CallState.OPEN


def test_the_programme_page_is_public(client, programme):
    page = client.get(programme.get_absolute_url()).content.decode()

    assert programme.contact_service in page


def test_a_manager_edits_the_programme(client, programme, manager):
    url = reverse("programmes:edit_programme", args=[programme.pk])
    form = client.get(url).context["form"]
    fields = {name: form[name].value() or "" for name in form.fields}

    client.post(url, {**fields, "name": "Nouveau nom", "new_theme": "Logement"})

    programme.refresh_from_db()
    assert programme.name == "Nouveau nom"
    assert programme.themes.count() == 3


def test_a_signed_in_person_meets_no_draft(client, programme):
    client.force_login(make_user())
    call = make_call(programme, state=CallState.DRAFT)

    assert client.get(call.get_absolute_url()).status_code == 404
