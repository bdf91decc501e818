"""Scenarios: tried, compared, one chosen, the others kept."""

import re
from decimal import Decimal

import pytest
from django.db import IntegrityError
from django.urls import reverse

from accounts.access import Refused
from grants.decisions.models import Scenario
from grants.decisions.operations import announce, propose, revise
from grants.decisions.operations.trying import choose_scenario, copy_scenario, save_scenario
from grants.programmes.models import Theme
from tests.grants.decisions.scene import Scene
from tests.grants.decisions.test_operations import voted

pytestmark = pytest.mark.django_db
REASON = "Motif relu en comité."


def url(scene):
    return reverse("decisions:scenarios", args=[scene.call.allocation.pk])


def tried(client, scene, **fields):
    return client.post(url(scene), {"source": "rules", "mode": "rank", **fields})


def amounts(scenario):
    return [Decimal(row["amount"]) for row in scenario.result["rows"].values()]


def test_the_rules_of_the_call_are_the_first_scenario():
    scene = Scene()
    allocation = scene.prepared()

    first = allocation.scenarios.get()

    assert (first.is_chosen, amounts(first)) == (True, [100_000, 50_000, 0])
    rules = [one.rule for one in scene.decisions()]
    assert rules[0] == "En entier, dans l’ordre du classement."
    assert rules[1].startswith("Ce qui reste de l’enveloppe : utile à partir de 33")
    assert rules[2] == "Sous la note minimale."


def test_a_floor_is_tried_compared_and_chosen(client):
    scene = Scene(endowed=120_000, scores=("4.2", "3.1", "3.0"))
    allocation = scene.prepared()
    theme = Theme.objects.get(programme=scene.programme, key="sante")
    type(scene.dossiers[2]).objects.filter(pk=scene.dossiers[2].pk).update(theme=theme)
    client.force_login(scene.manager)

    tried(
        client, scene, name="Santé d’abord", mode="bounds", kind="floor", theme=theme.pk,
        amount="50 000",
    )  # fmt: skip
    page = client.get(url(scene)).content.decode()
    scenario = Scenario.objects.get(name="Santé d’abord")

    assert amounts(scenario) == [70_000, 0, 50_000]
    assert "plancher thème Santé" in page
    assert "Jeunes entreprises innovantes attendues" in page
    assert [one.amount for one in scene.decisions()] == [100_000, 0, 0]

    client.post(reverse("decisions:choose", args=[scenario.pk]))

    assert [one.amount for one in scene.decisions()] == [70_000, 0, 50_000]
    assert not any(one.by_rule for one in scene.decisions())  # the call did not publish it
    assert allocation.scenarios.get(is_chosen=True) == scenario


def test_rules_that_contradict_each_other_are_named_on_the_page(client):
    scene = Scene()
    scene.prepared()
    client.force_login(scene.manager)

    tried(
        client, scene, name="Impossible", mode="bounds", kind="floor", department="48",
        amount="999 999",
    )  # fmt: skip

    page = client.get(url(scene)).content.decode()
    assert "ne peuvent pas être tenues ensemble : plancher département 48" in page


def test_an_unpublished_portfolio_is_advice_and_lists_whom_it_passes_over(client):
    scene = Scene(endowed=100_000, scores=("4.2", "3.1", "3.0"))
    first, *others = scene.dossiers
    for dossier in others:
        type(dossier).objects.filter(pk=dossier.pk).update(requested=50_000)
    scene.prepared()
    client.force_login(scene.manager)

    tried(client, scene, name="Portefeuille", mode="portfolio")
    page = client.get(url(scene)).content.decode()

    assert "est un conseil" in page
    assert f"écarte des dossiers mieux classés que d’autres retenus : {first.reference}" in page
    choose_scenario(Scenario.objects.get(name="Portefeuille"), actor=scene.manager)
    with pytest.raises(Refused, match=first.reference):
        propose(scene.call.allocation, actor=scene.manager)


def test_amounts_fixed_by_hand_stay_where_asked(client):
    scene = Scene()
    scene.prepared()
    revise(
        scene.decisions()[0], amount=Decimal(60_000), reason=REASON, version=1, actor=scene.manager
    )
    client.force_login(scene.manager)

    tried(client, scene, name="Avec", keep_pins="on")
    tried(client, scene, name="Sans")

    assert amounts(Scenario.objects.get(name="Avec")) == [60_000, 90_000, 0]
    assert amounts(Scenario.objects.get(name="Sans")) == [100_000, 50_000, 0]


def test_two_scenarios_of_one_name_and_a_name_of_nothing_are_refused():
    scene = Scene()
    allocation = scene.prepared()
    save_scenario(allocation, name="Essai", actor=scene.manager)

    with pytest.raises(Refused, match="déjà ce nom"):
        copy_scenario(allocation.scenarios.first(), name="Essai", actor=scene.manager)
    with pytest.raises(Refused, match="Donnez un nom"):
        save_scenario(allocation, name="  ", actor=scene.manager)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("envelope", "-1", "négatif"),
        ("envelope", "1e9", "Écrivez un montant"),
        ("max_awards", "-1", "supérieure ou égale à 0"),
        ("kind", "floor", "Nommez un thème"),
    ],
)
def test_what_cannot_be_tried_is_said(client, field, typed, said):
    scene = Scene()
    scene.prepared()
    client.force_login(scene.manager)

    page = tried(client, scene, name="Essai", **{field: typed})

    assert said in page.content.decode()
    assert Scenario.objects.count() == 1


def test_what_is_handed_over_is_kept_and_nothing_tried_is_lost():
    scene = Scene()
    allocation = scene.prepared()
    save_scenario(allocation, name="Essai", actor=scene.manager)
    revise(
        scene.decisions()[1], amount=Decimal(40_000), reason=REASON, version=1, actor=scene.manager
    )

    propose(allocation, actor=scene.manager)

    chosen = allocation.scenarios.get(is_chosen=True)
    assert (amounts(chosen), allocation.scenarios.count()) == ([100_000, 40_000, 0], 3)
    with pytest.raises(IntegrityError, match="scenario_frozen"):
        Scenario.objects.filter(pk=chosen.pk).update(name="Autre")


def test_a_scenario_beyond_the_envelope_of_today_is_not_chosen():
    scene = Scene()
    allocation = scene.prepared()
    Scenario.objects.create(
        allocation=allocation,
        name="Trop",
        rules=allocation.scenarios.get().rules,
        result={
            "rows": {
                str(one.dossier_id): {"amount": "90000", "outcome": "award", "reserve_rank": None}
                for one in scene.decisions()
            }
        },
        made_by=scene.manager,
    )

    with pytest.raises(Refused, match="dépasse ce qui reste"):
        choose_scenario(Scenario.objects.get(name="Trop"), actor=scene.manager)


def test_the_page_costs_the_same_for_one_and_three_dossiers(client, count_queries):
    one, three = Scene(scores=("4.2",)), Scene()
    one.prepared()
    three.prepared()
    client.force_login(one.manager)
    first = count_queries(lambda: client.get(url(one)))
    client.force_login(three.manager)

    assert count_queries(lambda: client.get(url(three))) == first == 9


def test_once_announced_a_scenario_is_held_against_what_it_could_have_taken(client):
    scene = Scene(endowed=200_000)
    allocation = voted(scene)
    client.force_login(scene.manager)
    before = cells(client.get(url(scene)).content.decode(), "Reste sur l’enveloppe")

    announce(allocation, actor=scene.manager)

    after = cells(client.get(url(scene)).content.decode(), "Reste sur l’enveloppe")
    assert before == after != []
    assert not any("−" in one for one in after)


def cells(page, title):
    row = page.partition(title)[2].partition("</tr>")[0]
    return re.findall(r"[−\d][\d\s]*€", row)
