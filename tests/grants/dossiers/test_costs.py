"""How many queries each page makes, whatever the dossier holds."""

import pytest

from grants.dossiers.operations import begin, submit
from tests.grants.dossiers.complete import make_draft, make_ready, make_standard_call
from tests.grants.dossiers.test_pages import autosave, page
from tests.grants.dossiers.test_writing import reopened

pytestmark = pytest.mark.django_db


def test_list_costs_the_same_for_one_and_three_dossiers(client, count_queries):
    dossier = make_draft()
    client.force_login(dossier.author)
    one = count_queries(lambda: client.get("/dossiers/"))
    for _n in range(2):
        begin(make_standard_call(), organisation=dossier.organisation, actor=dossier.author)

    assert count_queries(lambda: client.get("/dossiers/")) == one == 6


@pytest.mark.parametrize(
    ("name", "args", "cost"), [("detail", [], 6), ("section", ["projet"], 6), ("check", [], 7)]
)
def test_pages_cost_the_same_empty_and_full(client, count_queries, name, args, cost):
    empty, full = make_draft(), make_ready()
    client.force_login(empty.author)
    one = count_queries(lambda: page(client, name, empty, *args))
    client.force_login(full.author)

    assert count_queries(lambda: page(client, name, full, *args)) == one == cost


def test_submitted_dossier_costs_the_same_for_authors_with_one_and_two_submissions(
    client, count_queries
):
    once, twice = make_ready(), reopened([])
    submit(once, actor=once.author)
    submit(twice, actor=twice.author)
    client.force_login(once.author)
    one = count_queries(lambda: page(client, "detail", once))
    client.force_login(twice.author)

    assert count_queries(lambda: page(client, "detail", twice)) == one == 7


def test_autosave_costs_the_same_whatever_the_dossier_holds(client, count_queries):
    empty, full = make_draft(), make_ready()
    client.force_login(empty.author)
    one = count_queries(lambda: autosave(client, empty, "jobs", "9"))
    client.force_login(full.author)

    assert count_queries(lambda: autosave(client, full, "jobs", "9", 1)) == one == 11
