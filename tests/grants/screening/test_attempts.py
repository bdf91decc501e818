"""Submissions refused at the door: the officer reads them and finds them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from grants.dossiers.records import Attempt
from tests.factories import make_dossier

pytestmark = pytest.mark.django_db
LIST = "/instruction/depots-refuses/"


def turned_away(dossier, kind="late", told="L’appel est clos.", days=0):
    return Attempt.objects.create(
        dossier=dossier, at=timezone.now() - timedelta(days=days), by=dossier.created_by,
        kind=kind, told=told,
    )  # fmt: skip


def shown(client, **query):
    return [attempt.dossier for attempt in client.get(LIST, query).context["page"]]


def test_a_refused_attempt_is_read_on_both_pages_of_the_dossier(client, call, officer):
    dossier = make_dossier(call=call, state="submitted")
    turned_away(dossier, "incomplete", "Il reste des réponses à compléter.")

    for name in ("screening:dossier", "dossiers:detail"):
        page = client.get(reverse(name, args=[dossier.pk])).content.decode()
        assert "<h2>Dépôts refusés</h2>" in page
        assert "Il reste des réponses à compléter." in page


def test_the_search_finds_dossiers_once_turned_away(client, call, officer):
    make_dossier(call=call, state="submitted", title="Du premier coup")
    turned_away(make_dossier(call=call, state="admissible", title="À la seconde"))

    for words in ("dépôt-refusé", "depot-refuse", "refused-filing"):
        page = client.get("/instruction/", {"q": words}).context["page"]
        assert [row["title"] for row in page] == ["À la seconde"]


def test_a_late_company_that_never_filed_is_found_and_its_draft_stays_closed(client, call, officer):
    draft = make_dossier(call=call, title="Titre secret")
    turned_away(draft)

    page = client.get(LIST).content.decode()

    assert shown(client) == [draft]
    assert draft.reference in page
    assert "jamais déposé" in page
    assert "Titre secret" not in page
    assert reverse("screening:dossier", args=[draft.pk]) not in page
    assert f'href="{LIST}"' in client.get("/instruction/").content.decode()


def test_attempts_narrow_by_reason_last_first(client, call, officer):
    first, second = make_dossier(call=call), make_dossier(call=call, state="submitted")
    turned_away(first, days=2)
    turned_away(second, "incomplete", days=1)

    assert shown(client) == [second, first]
    assert shown(client, genre="late") == [first]
    assert shown(client, genre="'; --") == [second, first]


def test_attempts_of_other_programmes_stay_unseen(client, call, officer):
    turned_away(make_dossier(state="submitted"))

    assert shown(client) == []
    assert "Aucun dépôt refusé" in client.get(LIST).content.decode()


def test_the_list_costs_the_same_for_one_and_three(client, call, officer, count_queries):
    turned_away(make_dossier(call=call))
    one = count_queries(lambda: client.get(LIST))
    turned_away(make_dossier(call=call, state="submitted"))
    turned_away(make_dossier(call=call, state="incomplete"))

    assert count_queries(lambda: client.get(LIST)) == one == 5
