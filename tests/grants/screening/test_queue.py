from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from grants.dossiers.models import Dossier
from grants.programmes.models import Call
from grants.programmes.states import Role
from grants.screening import operations
from grants.screening.models import SavedView
from grants.screening.surroundings import surroundings
from tests.factories import (
    luhn_siret,
    make_call,
    make_dossier,
    make_organisation,
    make_programme,
    make_staff,
    make_user,
)

pytestmark = pytest.mark.django_db
QUEUE = "/instruction/"


@pytest.fixture
def dossier(call):
    return make_dossier(call=call, state="submitted")


def shown(client, **query):
    return [row["title"] for row in client.get(QUEUE, query).context["page"]]


def test_queue_costs_the_same_for_one_and_three_dossiers(client, call, officer, count_queries):
    make_dossier(call=call, state="submitted")
    client.get(QUEUE)  # the words of the filters are kept a minute
    one = count_queries(lambda: client.get(QUEUE))
    make_dossier(call=call, state="incomplete")
    make_dossier(call=call, state="submitted")

    assert count_queries(lambda: client.get(QUEUE)) == one == 5


def test_queue_costs_the_same_at_three_hundred_dossiers(client, call, officer, count_queries):
    author, form = make_user(), call.forms.get()
    make_dossier(call=call, state="submitted")
    client.get(QUEUE)
    one = count_queries(lambda: client.get(QUEUE))
    companies = [make_organisation(siret=luhn_siret(70_000 + n)) for n in range(300)]
    Dossier.objects.bulk_create(
        Dossier(
            call=call, organisation=company, form=form, number=1_000_000 + n, state="submitted",
            created_by=author, submitted_at=timezone.now(), title=f"Projet {n}",
        )
        for n, company in enumerate(companies)
    )  # fmt: skip

    assert count_queries(lambda: client.get(QUEUE)) == one
    assert client.get(QUEUE).context["page"].paginator.num_pages == 7


def test_queue_shows_first_what_has_waited_longest(client, call, officer):
    now = timezone.now()
    make_dossier(call=call, state="submitted", title="Récent", submitted_at=now)
    make_dossier(call=call, state="submitted", title="Ancien", submitted_at=now - timedelta(days=9))
    make_dossier(call=call, state="admissible", title="Fait")
    make_dossier(call=call, state="draft", title="Brouillon")

    assert shown(client) == ["Ancien", "Récent"]
    assert shown(client, q="tous") == ["Ancien", "Récent", "Fait"]


def test_queue_of_another_programme_is_empty(client, call, officer):
    make_dossier(state="submitted", title="Ailleurs")

    assert shown(client, q="tous") == []


def test_search_narrows_by_what_it_says(client, programme, call, officer):
    sante = programme.themes.get(key="sante")
    other = make_call(programme, code="ZZ27")
    wind = make_dossier(call=call, state="submitted", title="Éolienne", department="34")
    make_dossier(call=call, state="submitted", title="Prothèse", theme=sante)
    make_dossier(call=other, state="admissible", title="Batterie")

    assert shown(client, q="éolienne") == ["Éolienne"]
    assert shown(client, q="dept:34") == ["Éolienne"]
    assert shown(client, q="thème:sante") == ["Prothèse"]
    assert shown(client, q="appel:zz27 tous") == ["Batterie"]
    assert shown(client, q="état:recevable") == ["Batterie"]
    assert shown(client, q=wind.organisation.siret) == ["Éolienne"]
    assert shown(client, q=wind.reference.lower()) == ["Éolienne"]
    assert shown(client, q="introuvable") == []


def test_late_answers_are_marked_and_found(client, call, officer):
    now = timezone.now()
    late = make_dossier(
        call=call, state="incomplete", title="Tard", reopened_until=now - timedelta(hours=1)
    )
    make_dossier(
        call=call, state="incomplete", title="À temps", reopened_until=now + timedelta(hours=1)
    )

    assert shown(client, q="en-retard") == ["Tard"]
    assert client.get(QUEUE).content.decode().count("En retard</span>") == 1
    page = client.get(reverse("screening:dossier", args=[late.pk])).content.decode()
    assert "Réponse en retard" in page


def test_columns_sort_both_ways(client, call, officer):
    make_dossier(call=call, state="submitted", title="Petit", requested=1_000)
    make_dossier(call=call, state="submitted", title="Grand", requested=9_000)

    assert shown(client, tri="montant") == ["Petit", "Grand"]
    assert shown(client, tri="-montant") == ["Grand", "Petit"]


@pytest.mark.parametrize(
    "query",
    [{"tri": "password"}, {"page": "NaN"}, {"q": "'; DROP --"}, {"q": "AP1-99999999999999"},
     {"q": "%"}, {"q": "x" * 5000}, {"q": "état:"}],
)  # fmt: skip
def test_an_odd_address_still_shows_the_queue(client, officer, query):
    assert client.get(QUEUE, query).status_code == 200


def test_a_nul_byte_in_the_search_is_refused_politely(client, officer):
    assert client.get(QUEUE, {"q": "a\0"}).status_code == 400


@pytest.mark.parametrize("most", [1000, 2])
def test_a_frequent_word_finds_the_same_in_the_same_order(client, call, officer, monkeypatch, most):
    monkeypatch.setattr("grants.screening.paging.MOST", most)
    for n in range(3):
        make_dossier(call=call, state="submitted", title=f"Pompe {n}", requested=1_000 - n)
    company = make_organisation(name="Pompes du Sud")
    make_dossier(call=call, state="submitted", title="Autre", organisation=company, requested=1)
    make_dossier(call=call, state="draft", title="Pompe cachée")
    make_dossier(call=call, state="submitted", title="Éolienne")

    page = client.get(QUEUE, {"q": "pompe", "tri": "montant"}).context["page"]

    assert [row["title"] for row in page] == ["Autre", "Pompe 2", "Pompe 1", "Pompe 0"]
    assert (page.paginator.count, page.paginator.is_cut) == (min(4, most), most == 2)
    assert shown(client, q="pompe sud") == ["Autre"]
    assert shown(client, q="sud pompe 1") == []


def test_a_word_in_both_the_title_and_the_company_counts_once(client, call, officer, monkeypatch):
    monkeypatch.setattr("grants.screening.paging.MOST", 1)
    company = make_organisation(name="Pompes du Sud")
    make_dossier(call=call, state="submitted", title="Pompe", organisation=company)

    page = client.get(QUEUE, {"q": "pompe"}).context["page"]

    assert (page.paginator.count, page.paginator.is_cut, len(page.object_list)) == (1, False, 1)


def test_a_page_too_far_is_the_last_one(client, call, officer, monkeypatch):
    monkeypatch.setattr("grants.screening.paging.PER_PAGE", 2)
    for n in range(3):
        make_dossier(call=call, state="submitted", title=str(n))

    page = client.get(QUEUE, {"page": "9"}).context["page"]

    assert (page.number, [row["title"] for row in page]) == (2, ["2"])
    assert client.get(QUEUE, {"page": "9" * 50}).context["page"].number == 2


def test_what_surrounds_the_queue_is_what_the_rules_say(programme, call, officer):
    """The one query written by hand agrees with the rules of calls and views."""
    colleague, other = make_staff(programme, Role.AUDITOR), make_programme()
    make_call(other)
    operations.keep_view(name="À moi", query="dept:31", sort="depot", actor=officer)
    for owner, team in ((colleague, programme), (make_staff(other), other), (colleague, None)):
        operations.keep_view(name="Vue", query="tous", sort="depot", actor=owner, programme=team)

    for user in (officer, colleague, make_user()):
        around = surroundings(user, at=timezone.now())
        views = SavedView.objects.seen_by(user)
        assert {call["pk"] for call in around.calls} == set(
            Call.objects.followed_by(user).values_list("pk", flat=True)
        )
        assert [view["pk"] for view in around.views] == [view.pk for view in views]
        assert [view["is_own"] for view in around.views] == [v.owner_id == user.pk for v in views]
        assert around.may_choose == (user == officer)


def test_rows_speak_the_language_of_the_reader(client, call, officer):
    past = timezone.now() - timedelta(days=9)
    make_dossier(call=call, state="submitted", submitted_at=past)

    french, english = (
        client.get(QUEUE, headers={"Accept-Language": code}).context["rows"]
        for code in ("fr", "en")
    )

    assert "il y a 9\xa0jours" in french
    assert "9\xa0days ago" in english
    assert "Submitted" in english
