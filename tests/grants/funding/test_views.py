from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from grants.funding import operations
from grants.funding.models import Entry, Envelope
from grants.programmes.states import Role
from tests.factories import make_envelope, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(programme, client):
    user = make_staff(programme, Role.MANAGER)
    client.force_login(user)
    return user


@pytest.fixture
def envelope(programme):
    return make_envelope(programme, endowed=1_000_000)


def typed(**overrides):
    return {
        "direction": "endow",
        "amount": "500 000",
        "act": "AP-02/14",
        "acted_on": "2026-02-12",
        "reason": "Budget supplémentaire",
        **overrides,
    }


def test_list_costs_the_same_for_one_and_three_envelopes(client, programme, manager, count_queries):
    url = reverse("funding:envelopes")
    make_envelope(programme, name="A")
    one = count_queries(lambda: client.get(url))
    make_envelope(programme, name="B")
    make_envelope(programme, name="C")

    assert count_queries(lambda: client.get(url)) == one == 6


def test_ledger_costs_the_same_for_one_and_four_entries(client, envelope, manager, count_queries):
    url = envelope.get_absolute_url()
    one = count_queries(lambda: client.get(url))
    for n in range(3):
        operations.commit(envelope, 1_000, reason=f"AP1-{n}", actor=manager)
    act = operations.Act("Volets", "AP-3")
    for name in ("Santé", "Lozère"):
        operations.open_part(envelope, name=name, amount=5, act=act, actor=manager)
    operations.carry_over(envelope, amount=7, credits=None, act=act, actor=manager)

    assert count_queries(lambda: client.get(url)) == one == 10


def test_every_figure_opens_the_entries_behind_it(client, envelope, manager):
    operations.commit(envelope, 1_000, reason="AP1-0001", actor=manager)
    operations.commit(envelope, 2_500, reason="AP1-0002", actor=manager)

    context = client.get(envelope.get_absolute_url(), {"compte": "committed"}).context

    shown = [(entry.reason, entry.amount, entry.running) for entry in context["page"]]
    assert shown == [("AP1-0002", -2_500, 3_500), ("AP1-0001", -1_000, 1_000)]


def test_an_endowment_names_its_funder(client, envelope, manager):
    feder = envelope.programme.funders.create(name="FEDER")
    act = {"reason": "Budget", "reference": "BP", "actor": manager}
    operations.endow(envelope, 500, funder=feder, **act)

    page = client.get(envelope.get_absolute_url()).context["page"]

    assert [entry.other_place for entry in page] == ["FEDER", envelope.programme.funder]


def test_the_ledger_shows_what_was_left_after_each_entry(client, envelope, manager):
    operations.commit(envelope, 1_000, reason="AP1-0001", actor=manager)

    page = client.get(envelope.get_absolute_url()).context["page"]

    assert [entry.running for entry in page] == [999_000, 1_000_000]


@pytest.mark.parametrize("query", [{"compte": "x'"}, {"page": "NaN"}, {"page": "99999"}])
def test_an_odd_address_still_shows_the_ledger(client, envelope, manager, query):
    assert client.get(envelope.get_absolute_url(), query).status_code == 200


def test_a_dated_act_raises_the_credits(client, envelope, manager):
    client.post(reverse("funding:endow", args=[envelope.pk]), typed())

    envelope.refresh_from_db()
    assert envelope.endowed == 1_500_000
    assert Entry.objects.last().reference == "AP-02/14"


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("amount", "1e5", "Écrivez un montant"),
        ("amount", "NaN", "Écrivez un montant"),
        ("amount", "0", "supérieur à zéro"),
        ("amount", "-5", "négatif"),
        ("amount", "999 999 999 999,99", "dépasse ce qu’une enveloppe"),
        ("amount", "9" * 29, "Écrivez un montant"),
        ("acted_on", "2026-02-30", "Écrivez un jour"),
        ("direction", "double", "choix"),
        ("credits", "dette", "choix"),
        ("payable_in", "1e5", "nombre entier"),
        ("payable_in", "99999", "2100"),
        ("funder", "0", "choix"),
        ("reason", "", "obligatoire"),
    ],
)
def test_a_wrong_act_is_explained_and_kept(client, envelope, manager, field, value, told):
    response = client.post(reverse("funding:endow", args=[envelope.pk]), typed(**{field: value}))

    assert told in response.content.decode()
    assert response.context["form"][field].value() == value
    assert Entry.objects.count() == 1


def test_an_act_of_tomorrow_is_refused(client, envelope, manager):
    tomorrow = timezone.localdate() + timedelta(days=1)

    response = client.post(
        reverse("funding:endow", args=[envelope.pk]), typed(acted_on=tomorrow.isoformat())
    )

    assert "n’est pas à venir" in response.content.decode()


def test_reducing_beyond_what_is_left_says_what_is_left(client, envelope, manager):
    response = client.post(
        reverse("funding:endow", args=[envelope.pk]),
        typed(direction="reduce", amount="1 000 000,01"),
    )

    assert "retirer au plus 1\u202f000\u202f000\u202f€" in response.content.decode()


def test_the_second_click_adds_nothing(client, envelope, manager):
    url = reverse("funding:endow", args=[envelope.pk])

    client.post(url, typed())
    again = client.post(url, typed())

    envelope.refresh_from_db()
    assert envelope.endowed == 1_500_000
    assert "déjà inscrit" in again.content.decode()


def test_a_manager_opens_an_envelope_then_endows_it(client, programme, manager):
    response = client.post(
        reverse("funding:new", args=[programme.pk]), {"year": "2027", "name": "Start-up"}
    )

    made = Envelope.objects.get()
    assert response["Location"] == reverse("funding:endow", args=[made.pk])


def test_the_same_envelope_twice_is_explained(client, programme, manager):
    fields = {"year": "2027", "name": "Start-up"}
    url = reverse("funding:new", args=[programme.pk])

    client.post(url, fields)
    again = client.post(url, fields)

    assert "existe déjà" in again.content.decode()
    assert Envelope.objects.count() == 1
