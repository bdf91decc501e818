"""The pool on its page: found by words, by standing, and the cost of it."""

import pytest
from django.utils import timezone

from grants.programmes.states import Role
from tests.factories import make_call, make_expert, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return make_call(state="reviewing")


@pytest.fixture
def pool(client, call):
    client.force_login(make_staff(call.programme, Role.OFFICER))
    return lambda query="": client.get(f"/experts/appels/{call.pk}/{query}")


def names(page):
    return [row.full_name for row in page.context["rows"]]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("etienne", ["Étienne Delmas"]),
        ("DELMAS étienne", ["Étienne Delmas"]),
        ("laas", ["Zoé Cros"]),
        ("z.cros@", ["Zoé Cros"]),
        ("etienne laas", []),
        ("%", []),
        (" ", ["Étienne Delmas", "Zoé Cros"]),
    ],
)
def test_experts_are_found_whatever_their_accents(call, pool, words, found):
    make_expert(call, full_name="Étienne Delmas")
    other = make_expert(call, full_name="Zoé Cros", email="z.cros@exemple.fr")
    type(other).objects.filter(pk=other.pk).update(organisation="Laas")

    page = pool(f"?q={words}".replace("%", "%25"))

    assert names(page) == found
    assert page.context["size"] == 2
    assert ("Tout montrer" in page.content.decode()) == (words != " ")


def test_experts_of_one_standing(call, pool):
    make_expert(call, full_name="Anne Signée")
    make_expert(call, full_name="Bruno Invité", signed=False)
    gone = make_expert(call, full_name="Carla Partie", signed=False)
    gone.seats.update(declined_at=timezone.now(), declined_because="Trop de travail.")

    assert names(pool("?etat=signed")) == ["Anne Signée"]
    assert names(pool("?etat=invited")) == ["Bruno Invité"]
    assert names(pool("?etat=declined")) == ["Carla Partie"]
    assert len(names(pool("?etat=x"))) == 3


def test_the_pages_of_a_search_keep_its_words(call, pool):
    for n in range(26):
        make_expert(call, full_name=f"Delmas {n:02d}")

    page = pool("?q=delmas&etat=signed")

    assert len(names(page)) == 25
    assert "?q=delmas&amp;etat=signed&amp;page=2" in page.content.decode()
    assert names(pool("?q=delmas&page=2")) == ["Delmas 25"]


@pytest.mark.parametrize(("query", "cost"), [("", 6), ("?q=delmas", 7)])
def test_the_pool_costs_the_same_for_one_and_three(call, pool, count_queries, query, cost):
    make_expert(call, full_name="Delmas 1")
    pool(query)
    one = count_queries(lambda: pool(query))
    make_expert(call, full_name="Delmas 2")
    make_expert(call, full_name="Delmas 3")

    assert (one, count_queries(lambda: pool(query))) == (cost, cost)


def test_a_changed_number_leads_back_to_the_same_page_of_the_same_search(client, call, pool):
    seat = make_expert(call, full_name="Anne Signée").seats.get()

    page = pool("?etat=signed&page=1").content.decode()
    answer = client.post(f"/experts/places/{seat.pk}/?etat=signed&page=1", {"capacity": "1"})

    assert f'action="/experts/places/{seat.pk}/?etat=signed&amp;page=1"' in page
    assert '<input type="hidden" name="etat" value="signed">' in page
    assert answer["Location"] == f"/experts/appels/{call.pk}/?etat=signed&page=1#seat-{seat.pk}"
