import pytest
from django.urls import reverse
from django.utils import timezone

from grants.funding import operations
from grants.funding.models import Entry, Envelope
from grants.programmes.states import Role
from tests.factories import make_envelope, make_staff

pytestmark = pytest.mark.django_db
THIS_YEAR = timezone.localdate().year
SIGNED = {"act": "AP-03", "acted_on": f"{THIS_YEAR}-01-15", "reason": "Ventilation"}


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


def test_payment_credits_are_opened_on_the_same_page(client, envelope, manager):
    url = reverse("funding:endow", args=[envelope.pk])
    funder = envelope.programme.funders.create(name="FEDER")

    client.post(url, typed(credits="cp", payable_in=THIS_YEAR + 1, funder=funder.pk))
    nowhere = client.post(url, typed(credits="cp", payable_in=""))

    made = Entry.objects.last()
    assert (made.kind, made.payable_in, made.funder) == ("opening", THIS_YEAR + 1, funder)
    assert "Indiquez l’exercice" in nowhere.content.decode()


def test_a_part_is_opened_then_given_back(client, envelope, manager):
    url = reverse("funding:part", args=[envelope.pk])
    fields = {"name": "Santé", "amount": "400 000", **SIGNED}

    opened = client.post(url, fields)
    part = Envelope.objects.get(name="Santé")
    back = client.post(
        reverse("funding:endow", args=[part.pk]),
        typed(direction="reduce", amount="100 000"),
    )
    too_much = client.post(url, {**fields, "name": "Lozère", "amount": "700 000,01"})

    part.refresh_from_db()
    assert opened["Location"] == back["Location"] == part.get_absolute_url()
    assert part.endowed == 300_000
    assert "Il reste 700\u202f000\u202f€ libres" in too_much.content.decode()
    assert "Santé" in client.get(envelope.get_absolute_url()).content.decode()


@pytest.mark.parametrize("amount", ["", "0", "-1", "1e5", "NaN", "9" * 20])
def test_an_odd_part_is_explained(client, envelope, manager, amount):
    url = reverse("funding:part", args=[envelope.pk])

    response = client.post(url, {"name": "Santé", "amount": amount, **SIGNED})

    assert response.context["form"].errors["amount"]
    assert not envelope.parts.exists()


def test_credits_are_carried_over_once(client, envelope, manager):
    url = reverse("funding:carry", args=[envelope.pk])
    fields = {"amount": "250 000", "credits": "", "to": "", **SIGNED}

    done = client.post(url, fields)
    again = client.post(url, fields)
    nothing = client.post(url, {**fields, "amount": "", "act": "AP-04"})

    following = Envelope.objects.get(year=THIS_YEAR + 1)
    assert done["Location"] == following.get_absolute_url()
    assert following.endowed == 250_000
    assert "déjà inscrit" in again.content.decode()
    assert "Indiquez ce qui est reporté" in nothing.content.decode()


def test_a_funder_is_added_once(client, programme, manager):
    url = reverse("funding:funders", args=[programme.pk])

    client.post(url, {"name": "FEDER"})
    again = client.post(url, {"name": "feder"})

    assert [funder.name for funder in programme.funders.all()] == ["FEDER"]
    assert "déjà un financeur" in again.content.decode()


def test_a_schedule_says_what_credits_will_miss(client, envelope, manager):
    commitment = operations.commit(envelope, 100, reason="AP1-0001", actor=manager)
    url = reverse("funding:schedule", args=[commitment.pk])

    done = client.post(url, {f"y{THIS_YEAR}": "40", f"y{THIS_YEAR + 1}": "60"}, follow=True)
    wrong = client.post(url, {f"y{THIS_YEAR}": "1e5", f"y{THIS_YEAR + 1}": "60"})
    short = client.post(url, {f"y{THIS_YEAR}": "40"})

    page = done.content.decode()
    assert "dépassent les CP ouverts de 60\u202f€" in page
    assert "il manque 40\u202f€ de CP" in page
    assert "Écrivez un montant" in wrong.content.decode()
    assert "L’échéancier fait 40\u202f€" in short.content.decode()


def test_an_entry_that_commits_nothing_has_no_schedule(client, envelope, manager):
    url = reverse("funding:schedule", args=[envelope.entries.get().pk])

    assert client.get(url).status_code == 404
