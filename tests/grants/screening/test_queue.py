from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from grants.dossiers.models import Dossier
from tests.factories import (
    luhn_siret,
    make_call,
    make_dossier,
    make_organisation,
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
            call=call, organisation=company, form=form, number=10_000 + n, state="submitted",
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
