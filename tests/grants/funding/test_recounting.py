"""A total that was tampered with is found to the cent, told, and left as it is."""

import logging

import pgtrigger
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from accounts.notifications.models import Notification
from grants.funding import operations
from grants.funding.models import Entry, Envelope, PaymentCredit
from grants.funding.tasks import check_ledger
from tests.factories import make_envelope

pytestmark = pytest.mark.django_db
ACT = operations.Act("Ventilation", "AP-1")


@pytest.fixture
def envelope(programme, manager, finance):
    """Something in every account."""
    made = make_envelope(programme, endowed=1_000, payable=500)
    part = operations.open_part(made, name="Santé", amount=300, act=ACT, actor=manager)
    year = timezone.localdate().year
    operations.allot(part, 50, act=ACT, actor=manager, year=year)
    operations.carry_over(made, amount=100, credits=50, act=ACT, actor=manager)
    commitment = operations.commit(made, 200, reason="AP1", actor=manager)
    operations.pay(commitment, 150, reason="Avance", actor=finance)
    operations.repay(commitment, 30, reason="Trop-perçu", actor=finance)
    operations.release(commitment, 20, reason="Moins", actor=manager)
    return made


def test_a_sound_ledger_has_nothing_to_tell(envelope, capsys):
    call_command("check_ledger")

    assert (
        capsys.readouterr().out == f"{Entry.objects.count()} entries: every total is their sum.\n"
    )
    assert not Notification.objects.exists()


def test_a_cent_is_found_and_told_to_those_who_run_the_programme(envelope, manager, caplog, capsys):
    with pgtrigger.ignore("grants.Envelope:envelope_totals_are_the_ledgers"):
        Envelope.objects.filter(pk=envelope.pk).update(committed="180.01")
    with pgtrigger.ignore("grants.PaymentCredit:payment_credit_totals_are_the_ledgers"):
        PaymentCredit.objects.filter(envelope=envelope, paid=120).update(paid="119.99")

    with pytest.raises(CommandError, match="2 totals differ"):
        call_command("check_ledger")

    year = envelope.year
    told = [
        f"Start-up {year}, committed: 180.01 kept, 180.00 by the entries",
        f"Start-up {year}, paid {year}: 119.99 kept, 120.00 by the entries",
    ]
    assert capsys.readouterr().err.splitlines() == told
    assert [r.message for r in caplog.records if r.levelno == logging.ERROR] == [
        f"ledger: {one}" for one in told
    ]
    notification = Notification.objects.get()
    assert notification.recipient == manager
    assert "180,01\u202f€ au total, 180\u202f€ d’après les écritures" in notification.body


def test_a_leg_that_was_taken_away_is_found(envelope):
    connection.check_constraints()
    with pgtrigger.ignore("grants.Entry:entry_append_only"):
        Entry.objects.filter(kind="received", amount=300).delete()

    found = [(str(one.envelope.name), one.total, one.kept, one.summed)
             for one in operations.check_ledger()]  # fmt: skip

    assert found == [("Santé", "endowed", 300, 0), ("Start-up", "transfer", 300, 0)]


def test_the_nightly_task_looks(envelope):
    with pgtrigger.ignore("grants.Envelope:envelope_totals_are_the_ledgers"):
        Envelope.objects.filter(pk=envelope.pk).update(endowed="600.01")

    check_ledger()

    assert Notification.objects.filter(kind="ledger_differs").count() == 1
