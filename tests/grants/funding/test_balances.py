from datetime import date

import pgtrigger
import pytest
from django.utils import timezone

from grants.funding import operations
from grants.funding.models import Envelope
from grants.funding.postings import FIGURES
from grants.programmes.states import Role
from tests.factories import make_envelope, make_staff

pytestmark = pytest.mark.django_db
THIS_YEAR = timezone.localdate().year


@pytest.fixture
def manager(programme, client):
    user = make_staff(programme, Role.MANAGER)
    client.force_login(user)
    return user


@pytest.fixture
def envelope(programme):
    return make_envelope(programme, endowed=1_000_000)


def test_balances_at_a_past_day_leave_out_later_acts(client, envelope, manager):
    past = date(THIS_YEAR - 1, 12, 20)
    act = {"reason": "Budget", "reference": "BP", "actor": manager}
    operations.endow(envelope, 5_000, acted_on=past, **act)

    context = client.get(envelope.get_absolute_url(), {"au": past.isoformat()}).context

    shown = [(one.account.value, one.debit, one.credit) for one in context["balances"]]
    assert shown == [("funders", 0, 5_000), ("available", 5_000, 0)]
    assert [entry.amount for entry in context["page"]] == [5_000]
    assert "compte=endowed&amp;au=" in client.get(
        envelope.get_absolute_url(), {"au": past.isoformat()}
    ).content.decode().replace("&au=", "&amp;au=")


@pytest.mark.parametrize("typed_day", ["2026-02-30", "hier", "0001-01-01", "9999-12-31", "NaN"])
def test_an_unreadable_day_is_said(client, envelope, manager, typed_day):
    response = client.get(envelope.get_absolute_url(), {"au": typed_day})

    assert f"«\u202f{typed_day}\u202f» n’est pas un jour" in response.content.decode()
    assert response.context["page"].paginator.count == 1


@pytest.mark.parametrize("figure", FIGURES)
def test_every_balance_is_the_sum_of_the_entries_it_opens(client, programme, manager, figure):
    envelope = make_envelope(programme, endowed=1_000, payable=500)
    part = operations.open_part(
        envelope, name="Santé", amount=300, act=operations.Act("x", "y"), actor=manager
    )
    operations.allot(part, 50, act=operations.Act("x", "y"), actor=manager, year=THIS_YEAR)
    operations.commit(envelope, 200, reason="AP1", actor=manager)
    context = client.get(envelope.get_absolute_url(), {"compte": figure}).context

    sums = {one.account.value: one.amount for one in context["balances"]}
    envelope.refresh_from_db()
    expected = sums | {"endowed": 700, "left": 500, "opened": 450}
    shown = context["page"].object_list
    assert (shown[0].running if shown else 0) == expected.get(figure, 0)


def test_a_total_that_is_not_its_entries_is_said(client, envelope, manager):
    with pgtrigger.ignore("grants.Envelope:envelope_totals_are_the_ledgers"):
        Envelope.objects.update(committed="0.01")

    page = client.get(envelope.get_absolute_url()).content.decode()

    assert "ne sont pas la somme de ses écritures" in page


def test_what_each_funder_brought_is_told_apart(client, envelope, manager):
    feder = envelope.programme.funders.create(name="FEDER")
    act = {"reason": "Budget", "reference": "BP", "actor": manager}
    operations.endow(envelope, 500, funder=feder, **act)
    url = envelope.get_absolute_url()

    brought = client.get(url).context["balances"][:2]
    pages = [client.get(f"{url}?{one.query}").context["page"] for one in brought]

    assert [one.label for one in brought] == [
        f"Financeurs (AE), {envelope.programme.funder}",
        "Financeurs (AE), FEDER",
    ]
    assert [one.amount for one in brought] == [-1_000_000, -500]
    assert [[entry.amount for entry in page] for page in pages] == [[1_000_000], [500]]
