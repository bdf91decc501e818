from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from accounts.notifications.models import Notification
from tests.factories import make_assignment, make_dossier, make_evaluation, make_expert
from tests.reviews.assignments.scene import Pool

pytestmark = pytest.mark.django_db


@pytest.fixture
def pool(client):
    pool = Pool(dossiers=0, experts=0)
    client.force_login(pool.officer)
    return pool


def address(pool, end=""):
    return f"/suivi-des-lectures/appels/{pool.call.pk}/{end}"


def give(pool, *, late=False, **overrides):
    due_at = timezone.now() + timedelta(days=-1 if late else 9)
    dossier = overrides.pop("dossier", None) or make_dossier(call=pool.call, state="in_review")
    return make_assignment(
        dossier=dossier, expert=make_expert(pool.call), due_at=due_at, **overrides
    )


def test_one_reader_then_all_late_ones_are_reminded_from_the_page(client, pool):
    first, second = give(pool, late=True), give(pool, late=True)

    client.post(address(pool, "relancer/"), {"expert": first.expert.pk})
    page = client.post(address(pool, "relancer/"), follow=True).content.decode()

    told = Notification.objects.filter(kind="review_nudge").order_by("pk")
    assert [one.recipient for one in told] == [first.expert.user, second.expert.user]
    assert "1 expert relancé." in page
    assert "1 autre l’avait déjà été aujourd’hui." in page


@pytest.mark.parametrize("expert", ["0", "x", "²", "9" * 30])
def test_reminding_nobody_is_not_found(client, pool, expert):
    assert client.post(address(pool, "relancer/"), {"expert": expert}).status_code == 404


def test_the_figures_live_alone(client, pool):
    give(pool, late=True)

    page = client.get(address(pool, "direct/")).content.decode()

    assert "1 en retard" in page
    assert "<html" not in page


def test_the_map_says_each_reading_in_a_word(client, pool):
    done = give(pool)
    make_evaluation(assignment=done, submitted=True)
    late = give(pool, late=True)

    page = client.get(address(pool, "carte/"))

    assert page.context["map"].people == sorted([str(done.expert), str(late.expert)])
    text = page.content.decode()
    assert '<span class="visually-hidden">Remise</span>' in text
    assert '<span class="visually-hidden">En retard</span>' in text


@pytest.mark.parametrize(
    ("kind", "shown"),
    [("late", ["late"]), ("done", ["done"]), ("short", ["done", "late"]), ("x", ["done", "late"])],
)
def test_the_map_keeps_to_one_kind_of_dossiers(client, pool, kind, shown):
    done, late = give(pool), give(pool, late=True)
    make_evaluation(assignment=done, submitted=True)
    names = {done.dossier.reference: "done", late.dossier.reference: "late"}

    rows = client.get(address(pool, f"carte/?kind={kind}")).context["map"].rows

    assert [names[row.reference] for row in rows] == shown


def test_a_call_without_readings_says_so(client, pool):
    page = client.get(address(pool)).content.decode()
    chart = client.get(address(pool, "carte/")).content.decode()
    late = client.get(address(pool, "carte/?kind=late")).content.decode()

    assert "Aucune lecture n’est encore confiée." in page
    assert f'href="/affectations/appels/{pool.call.pk}/proposition/"' in page
    assert "Personne ne doit plus rien" not in page
    assert "Trop peu d’évaluations remises" in page
    assert "quand l’instruction les a déclarés recevables" in chart
    assert "Aucun dossier de cette sorte." in late


def test_once_all_is_handed_in_nobody_owes_anything(client, pool):
    make_evaluation(assignment=give(pool), submitted=True)

    assert "Personne ne doit plus rien" in client.get(address(pool)).content.decode()


def test_the_map_shows_experts_a_part_at_a_time(client, pool, monkeypatch):
    monkeypatch.setattr("reviews.followup.heat.COLUMNS", 2)
    dossier = give(pool).dossier
    for _more in range(2):
        give(pool, dossier=dossier)

    first, second, beyond = (
        client.get(address(pool, f"carte/?experts={part}")).context["map"] for part in "129"
    )

    assert first.windows == second.windows == [(1, 2), (3, 3)]
    assert (len(first.people), len(second.people)) == (2, 1)
    assert [bool(cell) for cell in second.rows[0].cells] == [True]
    assert beyond == second


def test_one_kind_of_dossiers_is_shown_as_far_as_pages_go(client, pool, monkeypatch):
    monkeypatch.setattr("reviews.followup.heat.MOST", 2)
    monkeypatch.setattr("reviews.followup.views.MOST", 2)
    late = [give(pool, late=True).dossier for _time in range(3)]

    page = client.get(address(pool, "carte/?kind=late"))

    shown = [row.reference for row in page.context["map"].rows]
    assert shown == sorted(dossier.reference for dossier in late)[:2]
    assert "Les 2 premiers dossiers sont montrés." in page.content.decode()


@pytest.mark.parametrize("experts", ["", "x", "-1", "²", "9" * 30])
def test_a_part_that_does_not_exist_shows_the_nearest(client, pool, experts):
    give(pool)

    page = client.get(address(pool, "carte/"), {"experts": experts})

    assert page.context["map"].shown == 1


def read_apart(pool, times):
    """Dossiers two readers gave opposite marks."""
    keys = [criterion.key for criterion in pool.call.criteria.all()]
    for _time in range(times):
        dossier = make_dossier(call=pool.call, state="in_review")
        for mark in (1, 5):
            assignment = give(pool, dossier=dossier)
            make_evaluation(assignment=assignment, submitted=True, scores=dict.fromkeys(keys, mark))


def test_opposed_readings_are_counted_and_shown_a_page_at_a_time(client, pool, monkeypatch):
    monkeypatch.setattr("reviews.followup.doubts.SHOWN", 2)
    monkeypatch.setattr("reviews.followup.doubts.LINES", 2)
    read_apart(pool, 3)

    summary = client.get(address(pool))
    last = client.get(address(pool, "avis-opposes/?page=2"))

    assert "Voir les 3 dossiers dont les avis s’opposent" in summary.content.decode()
    assert len(summary.context["apart"]) == 2
    assert [one.low for _dossier, one in last.context["apart"]] == [1]


def test_a_page_of_opposed_readings_that_was_forgotten_is_found_again(client, pool):
    read_apart(pool, 1)
    client.get(address(pool))
    cache.clear()

    assert len(client.get(address(pool, "avis-opposes/")).context["apart"]) == 1


@pytest.mark.parametrize(
    ("end", "queries"),
    [
        ("", 8),
        ("carte/", 7),
        ("carte/?kind=late", 7),
        ("carte/?kind=short", 7),
        ("direct/", 5),
        ("avis-opposes/", 5),
    ],
)
def test_following_costs_the_same_for_one_and_three_readings(
    client, pool, count_queries, end, queries
):
    give(pool, late=True)
    client.get(address(pool, end))
    one = count_queries(lambda: client.get(address(pool, end)))
    give(pool, late=True)
    give(pool, late=True)
    client.get(address(pool, end))
    three = count_queries(lambda: client.get(address(pool, end)))

    assert (one, three) == (queries, queries)
