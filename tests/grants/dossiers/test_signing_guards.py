"""What the database itself refuses around an agreement, and what two people at once cannot do."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.access import Refused
from grants.dossiers.models import Dossier, Submission
from grants.dossiers.operations import (
    save_answer,
    submit,
)
from grants.dossiers.records import SignOff
from tests.grants.dossiers.signed import agree, make_pair, make_signed_call
from tests.grants.dossiers.test_signing import change_answer, pair

__all__ = ["pair"]  # the fixture of the same scene

pytestmark = pytest.mark.django_db


def insert(dossier, sign_off, by):
    content = {"sign_off": {"sha256": sign_off.sha256}} if sign_off else {}
    return Submission.objects.create(
        dossier=dossier, version=1, at=timezone.now(), by=by, content=content,
        sha256="0" * 64, deadline_at=dossier.call.closes_at, sign_off=sign_off,
    )  # fmt: skip


def test_database_refuses_a_submission_without_agreement_by_the_signer_or_after_a_change(pair):
    dossier, claire = pair
    sign_off = agree(dossier, claire)

    for given, by in ((None, dossier.author), (sign_off, claire)):
        with pytest.raises(IntegrityError, match="signed_off"), transaction.atomic():
            insert(dossier, given, by)
    dossier.answers.filter(key="jobs").update(value=99)
    with pytest.raises(IntegrityError, match="signed_off"), transaction.atomic():
        insert(dossier, sign_off, dossier.author)


def test_database_accepts_the_standing_agreement(pair):
    dossier, claire = pair

    assert insert(dossier, agree(dossier, claire), dossier.author).pk


def test_agreement_to_one_dossier_does_not_serve_another(pair):
    dossier, claire = pair
    other, _somebody = make_pair()

    with pytest.raises(IntegrityError, match="signed_off"), transaction.atomic():
        insert(other, agree(dossier, claire), other.author)


def test_database_refuses_to_rewrite_an_agreement_or_to_take_one_from_anybody(pair):
    dossier, claire = pair
    sign_off = agree(dossier, claire)

    for change in ({"sha256": "1" * 64}, {"signed_by": dossier.author}, {"title": "gérant"}):
        with pytest.raises(IntegrityError, match="ends_once"), transaction.atomic():
            SignOff.objects.filter(pk=sign_off.pk).update(**change)
    change_answer(dossier)
    with pytest.raises(IntegrityError, match="ends_once"), transaction.atomic():
        SignOff.objects.filter(pk=sign_off.pk).update(voided_at=None)
    with pytest.raises(IntegrityError, match="by_a_representative"), transaction.atomic():
        SignOff.objects.create(
            dossier=dossier, signed_by=dossier.author, title="x", sha256="0" * 64
        )


def test_published_call_keeps_its_four_eyes():
    call = make_signed_call()

    with pytest.raises(IntegrityError, match="call_frozen"), transaction.atomic():
        type(call).objects.filter(pk=call.pk).update(four_eyes=False)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_change_against_submission_never_hands_in_what_nobody_agreed_to(attempt):
    dossier, claire = make_pair()
    sign_off = agree(dossier, claire)
    gate = Barrier(2)

    def run(act):
        fresh = Dossier.objects.get(pk=dossier.pk)
        gate.wait()
        try:
            return act(fresh)
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    def hand_in(fresh):
        return submit(fresh, actor=dossier.author)

    def type_on(fresh):
        return save_answer(fresh, "jobs", "9", version=1, actor=dossier.author)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(run, [hand_in, type_on]))

    for submission in dossier.submissions.all():
        assert submission.content["answers"]["jobs"] == 8
        assert submission.content["sign_off"]["sha256"] == sign_off.sha256
    sign_off.refresh_from_db()
    assert (sign_off.voided_at is None) == dossier.submissions.exists()
