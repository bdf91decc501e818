from decimal import Decimal

import pytest
from django.urls import reverse

from grants.core.templatetags.french import number
from grants.core.wording import euros
from grants.decisions.operations import announce
from tests.grants.decisions.scene import Scene
from tests.grants.decisions.test_operations import voted

pytestmark = pytest.mark.django_db


def studio_url(scene):
    return reverse("decisions:studio", args=[scene.call.allocation.pk])


def test_the_studio_shows_order_ceilings_and_what_is_left(client):
    scene = Scene()
    scene.prepared()
    client.force_login(scene.manager)

    page = client.get(studio_url(scene)).content.decode()

    assert page.index(scene.dossiers[0].reference) < page.index(scene.dossiers[1].reference)
    assert "le montant demandé" in page
    assert "Aide partielle : un motif est nécessaire." in page


def test_the_studio_costs_the_same_for_one_and_three_dossiers(client, count_queries):
    one, three = Scene(scores=("4.2",)), Scene()
    one.prepared()
    three.prepared()
    client.force_login(one.manager)
    first = count_queries(lambda: client.get(studio_url(one)))
    client.force_login(three.manager)

    assert count_queries(lambda: client.get(studio_url(three))) == first == 8


def post_row(client, decision, **fields):
    url = reverse("decisions:revise", args=[decision.pk])
    return client.post(url, {"version": decision.version, "reason": "", **fields})


@pytest.mark.parametrize("typed", ["1e5", "NaN", "1_000", "１２", "-5", "12,345", "10" * 12])
def test_what_is_not_an_amount_is_said_at_its_row_and_kept(client, typed):
    scene = Scene()
    scene.prepared()
    client.force_login(scene.manager)

    page = post_row(client, scene.decisions()[1], amount=typed).content.decode()

    assert f'value="{typed}"' in page
    assert 'role="alert"' in page
    assert scene.decisions()[1].amount == Decimal(50_000)


def test_what_was_typed_cannot_leave_its_field(client):
    scene = Scene()
    scene.prepared()
    client.force_login(scene.manager)

    page = post_row(client, scene.decisions()[1], amount='"><b>', reason="<script>")

    assert 'value="&quot;&gt;&lt;b&gt;"' in page.content.decode()
    assert "<script>" not in page.content.decode()


def test_who_may_not_change_amounts_reads_them_without_a_form(client):
    scene = Scene()
    scene.prepared()
    client.force_login(scene.officer)

    page = client.get(studio_url(scene)).content.decode()

    assert "data-studio-row" not in page
    assert f'<span class="money">{euros(Decimal(50_000))}</span>' in page
    assert 'name="amount"' not in page


def test_a_french_amount_is_saved(client):
    scene = Scene()
    scene.prepared()
    client.force_login(scene.manager)

    response = post_row(
        client, scene.decisions()[1], amount="45 000,50 €", reason="Première tranche"
    )

    assert response["Location"].endswith("#ligne-2")
    assert scene.decisions()[1].amount == Decimal("45000.50")


def test_an_amount_over_the_envelope_is_refused_at_its_row(client):
    scene = Scene()
    scene.prepared()
    client.force_login(scene.manager)

    page = post_row(client, scene.decisions()[1], amount="60 000").content.decode()

    assert "Il ne reste que 50" in page
    assert scene.envelope.entries.filter(kind="commitment").count() == 0


def test_a_double_click_on_announce_commits_once(client):
    scene = Scene()
    allocation = voted(scene)
    client.force_login(scene.manager)
    url = reverse("decisions:announce", args=[allocation.pk])

    client.post(url)
    page = client.post(url, follow=True).content.decode()

    assert "déjà annoncées" in page
    assert scene.envelope.entries.filter(kind="commitment").count() == 2


def test_the_company_reads_its_decision_once_announced(client):
    scene = Scene()
    allocation = voted(scene)
    dossier = scene.dossiers[0]
    client.force_login(dossier.created_by)
    url = reverse("decisions:decision", args=[dossier.pk])
    assert client.get(url).status_code == 404

    announce(allocation, actor=scene.manager)

    page = client.get(url).content.decode()
    assert "Votre projet est retenu" in page
    assert "en cours de préparation" in page


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"amount": "50 000", "rate": "20"}, "40000"),  # the rate alone was changed
        ({"amount": "45 000", "rate": "25,0"}, "45000"),  # the amount alone
        ({"amount": "45 000", "rate": "10"}, "45000"),  # both: the amount counts
        ({"amount": "50 000", "rate": "25,0"}, "50000"),
    ],
)
def test_an_amount_and_its_rate_say_the_same(client, fields, expected):
    scene = Scene()
    type(scene.dossiers[1]).objects.filter(pk=scene.dossiers[1].pk).update(eligible_base=200_000)
    scene.prepared()
    client.force_login(scene.manager)

    post_row(client, scene.decisions()[1], **fields)

    assert scene.decisions()[1].amount == Decimal(expected)


@pytest.mark.parametrize("rate", ["101", "-1", "NaN", "1e1"])
def test_a_rate_out_of_bounds_is_said_at_its_row(client, rate):
    scene = Scene()
    scene.prepared()
    client.force_login(scene.manager)

    page = post_row(client, scene.decisions()[1], amount="50 000", rate=rate).content.decode()

    assert 'role="alert"' in page
    assert scene.decisions()[1].amount == Decimal(50_000)


def test_each_line_says_why_it_has_its_outcome_and_what_is_least_useful(client):
    scene = Scene()
    scene.prepared()
    client.force_login(scene.manager)

    page = client.get(studio_url(scene)).content.decode()

    assert "En entier, dans l’ordre du classement." in page
    assert "Sous la note minimale." in page
    assert "utile à partir de 33" in page


def test_a_changed_amount_sends_back_its_line_and_the_head_alone(client, count_queries):
    scene = Scene()
    scene.prepared()
    client.force_login(scene.manager)
    second = scene.decisions()[1]
    url = reverse("decisions:revise", args=[second.pk])
    fields = {"version": 1, "reason": "Motif", "amount": "45 000"}

    response = client.post(url, fields, headers={"HX-Request": "true"})

    page = response.content.decode()
    assert response["HX-Retarget"] == "#ligne-2"
    assert page.count("<tr ") == 1
    assert f"data-running>{euros(Decimal(145_000))}</span>" in page
    assert 'hx-swap-oob="true"' in page
    assert "is-parted" in page
    fields = {"version": 2, "reason": "", "amount": "0"}
    whole = client.post(url, fields, headers={"HX-Request": "true"})
    assert whole.content.decode().count("<tr ") == 3


def test_lines_kept_from_an_earlier_page_are_never_out_of_date(client, count_queries):
    scene = Scene()
    scene.prepared()
    client.force_login(scene.manager)
    client.get(studio_url(scene))
    assert count_queries(lambda: client.get(studio_url(scene))) == 6

    company = scene.dossiers[0].organisation
    type(company).objects.filter(pk=company.pk).update(name="Renommée depuis")
    post_row(client, scene.decisions()[1], amount="41 000", reason="Motif")

    page = client.get(studio_url(scene)).content.decode()
    assert "Renommée depuis" in page
    assert f'value="{number(Decimal(41_000))}"' in page
    assert "csrf-token-of-the-page" not in page
    client.force_login(scene.officer)
    assert "data-studio-row" not in client.get(studio_url(scene)).content.decode()
