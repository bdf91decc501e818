"""The officers' overview shows the dossiers of one kind, or of one expert."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reviews.assignments import narrowing
from tests.factories import make_assignment, make_dossier, make_evaluation, make_expert
from tests.reviews.assignments.scene import Pool

pytestmark = pytest.mark.django_db


@pytest.fixture
def pool(client):
    pool = Pool(dossiers=0, experts=0)
    client.force_login(pool.officer)
    return pool


def give(pool, *, days=9, **overrides):
    dossier = make_dossier(call=pool.call, state="in_review")
    expert = make_expert(pool.call, **overrides)
    due_at = timezone.now() + timedelta(days=days)
    return make_assignment(dossier=dossier, expert=expert, due_at=due_at)


def overview(client, pool, query=""):
    return client.get(f"/affectations/appels/{pool.call.pk}/{query}")


def shown(page):
    return [line["dossier"].pk for line in page.context["lines"]]


def test_dossiers_of_one_expert(client, pool):
    give(pool)
    asked = give(pool, full_name="Étienne Delmas")

    page = overview(client, pool, f"?expert={asked.expert.pk}")

    assert shown(page) == [asked.dossier.pk]
    assert f'<option value="{asked.expert.pk}" selected>' in page.content.decode()
    assert page.context["totals"].given == 2  # the figures at the top stay those of the call


@pytest.mark.parametrize("expert", ["0", "x", "²", "9" * 30])
def test_an_unknown_expert_is_everybody(client, pool, expert):
    given = give(pool)

    assert shown(overview(client, pool, f"?expert={expert}")) == [given.dossier.pk]


def test_a_kind_and_an_expert_together(client, pool):
    late = give(pool, days=-1)
    done = give(pool)
    make_evaluation(assignment=done, submitted=True)

    assert shown(overview(client, pool, "?kind=late")) == [late.dossier.pk]
    assert shown(overview(client, pool, "?kind=done")) == [done.dossier.pk]
    nothing = overview(client, pool, f"?kind=done&expert={late.expert.pk}")
    assert shown(nothing) == []
    assert "Tout montrer" in nothing.content.decode()
    assert f"?kind=late&amp;expert={late.expert.pk}" in nothing.content.decode()


def test_experts_stand_by_name(client, pool):
    for name in ("Zoé Cros", "Étienne Delmas", "Fabien Arnal"):
        give(pool, full_name=name)

    people = [name for _pk, name in overview(client, pool).context["people"]]

    assert people == ["Étienne Delmas", "Fabien Arnal", "Zoé Cros"]


def test_of_too_many_experts_only_the_one_asked_for_is_named(client, pool, monkeypatch):
    monkeypatch.setattr(narrowing, "NAMED", 1)
    first, asked = give(pool), give(pool, full_name="Étienne Delmas")

    everybody = overview(client, pool)
    page = overview(client, pool, f"?expert={asked.expert.pk}")

    assert everybody.context["people"] == []
    assert len(shown(everybody)) == 2
    assert page.context["people"] == [(str(asked.expert.pk), "Étienne Delmas")]
    assert shown(page) == [asked.dossier.pk]
    assert len(shown(overview(client, pool, f"?expert={first.expert.pk + 10_000}"))) == 2
