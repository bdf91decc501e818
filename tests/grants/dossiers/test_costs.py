"""How many queries each page makes, whatever the dossier holds."""

import pytest
from django.urls import reverse

from grants.dossiers.operations import begin, save_section, submit
from tests.factories import make_call
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


def test_answers_handed_in_cost_the_same_with_one_and_two_submissions(client, count_queries):
    once, twice = make_ready(), reopened([])
    submit(once, actor=once.author)
    submit(twice, actor=twice.author)
    client.force_login(once.author)
    one = count_queries(lambda: page(client, "answers", once))
    client.force_login(twice.author)

    assert count_queries(lambda: page(client, "answers", twice)) == one == 6


def test_autosave_costs_the_same_whatever_the_dossier_holds(client, count_queries):
    empty, full = make_draft(), make_ready()
    client.force_login(empty.author)
    one = count_queries(lambda: autosave(client, empty, "jobs", "9"))
    client.force_login(full.author)

    assert count_queries(lambda: autosave(client, full, "jobs", "9", 1)) == one == 7


def test_autosave_of_an_answer_that_lists_repeat_costs_one_more(client, count_queries):
    dossier = make_draft()
    client.force_login(dossier.author)
    autosave(client, dossier, "theme", "sante")

    costs = [
        count_queries(lambda: autosave(client, dossier, "title", "Hydrogène")),
        count_queries(lambda: autosave(client, dossier, "theme", "energie", 1)),
    ]

    assert costs == [8, 8]


@pytest.mark.parametrize("questions", [30, 300])
def test_neither_page_nor_autosave_cost_more_with_more_questions(client, count_queries, questions):
    dossier = long_dossier(questions)
    client.force_login(dossier.author)
    autosave(client, dossier, "q0", "x" * 9)

    assert count_queries(lambda: page(client, "section", dossier, "s0")) == 6
    assert count_queries(lambda: page(client, "detail", dossier)) == 6
    assert count_queries(lambda: autosave(client, dossier, "q1", "y")) == 7
    assert count_queries(lambda: presence(client, dossier)) == 5


def presence(client, dossier):
    return client.get(reverse("dossiers:presence", args=[dossier.pk]), {"section": "s0"})


def long_dossier(questions):
    """Every question answered, a hundred to a section."""
    asked = [{"key": f"q{n}", "kind": "long_text", "label": f"Question {n}"}
             for n in range(questions)]  # fmt: skip
    sections = [
        {"key": f"s{n // 100}", "title": f"Partie {n}", "questions": asked[n : n + 100]}
        for n in range(0, questions, 100)
    ]
    dossier = make_draft(call=make_call(definition={"sections": sections}))
    texts = {f"q{n}": "Réponse" for n in range(questions)}
    save_section(dossier, texts, versions={}, actor=dossier.author)
    return dossier
