"""Four eyes: who represents the company agrees to the very content, somebody else hands it in."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from accounts.access import Refused
from accounts.organisations.models import Membership
from grants.dossiers.content import digest_of
from grants.dossiers.models import Dossier
from grants.dossiers.operations import (
    ask_for_sign_off,
    attach,
    autosave,
    remove_document,
    save_answer,
    save_section,
    sign,
    submit,
)
from grants.dossiers.receipts import receipt_of
from grants.dossiers.records import SignOff
from grants.formbuilder.models import FormVersion
from tests.factories import make_user
from tests.grants.dossiers.complete import make_ready, upload
from tests.grants.dossiers.signed import agree, digest, make_pair, make_signed_call

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    return make_pair()


def test_without_agreement_the_submission_is_refused_and_remembered(pair):
    dossier, _claire = pair

    with pytest.raises(Refused, match="n’a pas approuvé"):
        submit(dossier, actor=dossier.author)

    assert [attempt.kind for attempt in dossier.attempts.all()] == ["unsigned"]


def test_agreement_lets_somebody_else_hand_in_and_is_kept_in_the_content(pair):
    dossier, claire = pair
    sign_off = agree(dossier, claire)

    submission = submit(dossier, actor=dossier.author)

    told = submission.content["sign_off"]
    assert submission.sign_off == sign_off
    assert (told["by"], told["title"]) == ("Claire Vasseur", "présidente")
    assert (
        told["sha256"]
        == sign_off.sha256
        == digest_of({name: submission.content[name] for name in ("answers", "documents")})
    )
    facts = receipt_of(submission, until=timezone.localdate())["facts"]
    [line] = [fact for fact in facts if "Accord" in fact["label"]]
    assert line["value"].startswith("Claire Vasseur (présidente), le ")


def test_who_agreed_does_not_hand_in():
    author = make_user()
    dossier = make_ready(call=make_signed_call(), author=author)
    Membership.objects.filter(user=author).update(legal_title="gérant")
    agree(dossier, author)

    with pytest.raises(Refused, match="une autre personne"):
        submit(dossier, actor=author)


def test_only_a_representative_agrees(pair):
    dossier, _claire = pair

    with pytest.raises(PermissionDenied):
        agree(dossier, dossier.author)


def test_former_representative_agrees_no_more(pair):
    dossier, claire = pair
    Membership.objects.filter(user=claire).update(left_at=timezone.now())

    with pytest.raises(PermissionDenied):
        agree(dossier, claire)


def test_incomplete_dossier_is_not_agreed_to(pair):
    dossier, claire = pair
    save_answer(dossier, "innovation", "", version=1, actor=dossier.author)

    with pytest.raises(Refused, match="à compléter ou à corriger"):
        agree(dossier, claire)


def test_what_changed_while_it_was_read_is_not_agreed_to(pair):
    dossier, claire = pair
    seen = digest(dossier)
    save_answer(dossier, "jobs", "9", version=1, actor=dossier.author)

    with pytest.raises(Refused, match="relisez"):
        sign(dossier, seen=seen, actor=claire)


def change_answer(dossier):
    save_answer(dossier, "jobs", "9", version=1, actor=dossier.author)


def change_section(dossier):
    save_section(dossier, {"jobs": "9"}, versions={"jobs": 1}, actor=dossier.author)


def change_while_typing(dossier):
    autosave(dossier.pk, "jobs", "9", version=1, actor=dossier.author)


def add_file(dossier):
    attach(dossier, "bank", upload("rib.pdf"), actor=dossier.author)


def remove_file(dossier):
    remove_document(dossier.documents.first(), actor=dossier.author)


@pytest.mark.parametrize(
    "change", [change_answer, change_section, change_while_typing, add_file, remove_file]
)
def test_any_change_ends_the_agreement_and_tells_both(pair, change):
    dossier, claire = pair
    sign_off = agree(dossier, claire)

    change(dossier)

    sign_off.refresh_from_db()
    assert sign_off.voided_at is not None
    for person in (claire, dossier.author):
        [told] = person.notifications.filter(kind="sign_off_void")
        assert "est annulé" in told.body
    with pytest.raises(Refused):
        submit(dossier, actor=dossier.author)


def test_typing_the_same_again_ends_nothing(pair):
    dossier, claire = pair
    sign_off = agree(dossier, claire)

    save_answer(dossier, "jobs", " 8 ", version=1, actor=dossier.author)

    sign_off.refresh_from_db()
    assert sign_off.voided_at is None
    assert claire.notifications.count() == 0


def test_another_form_ends_the_agreement(pair):
    dossier, claire = pair
    sign_off = agree(dossier, claire)
    form = FormVersion.objects.create(
        call=dossier.call, definition=dossier.form.definition, number=2,
        published_at=timezone.now(),
    )  # fmt: skip

    Dossier.objects.filter(pk=dossier.pk).update(form=form)

    sign_off.refresh_from_db()
    assert sign_off.voided_at is not None


def test_raw_update_of_an_answer_ends_the_agreement(pair):
    dossier, claire = pair
    sign_off = agree(dossier, claire)

    dossier.answers.filter(key="jobs").update(value=99)

    sign_off.refresh_from_db()
    assert sign_off.voided_at is not None


def test_new_agreement_after_a_change_lets_hand_in(pair):
    dossier, claire = pair
    agree(dossier, claire)
    change_answer(dossier)
    second = agree(dossier, claire)

    assert submit(dossier, actor=dossier.author).sign_off == second
    assert dossier.sign_offs.count() == 2


def test_agreement_to_another_content_ends_with_the_new_one(pair):
    dossier, claire = pair
    stale = SignOff.objects.create(
        dossier=dossier, signed_by=claire, title="présidente", sha256="0" * 64
    )

    fresh = agree(dossier, claire)

    stale.refresh_from_db()
    assert stale.voided_at is not None
    assert submit(dossier, actor=dossier.author).sign_off == fresh


def test_pressed_twice_there_is_one_agreement(pair):
    dossier, claire = pair

    assert agree(dossier, claire) == agree(dossier, claire)


def test_representative_is_asked_once_an_hour(pair):
    dossier, claire = pair
    now = timezone.now()

    ask_for_sign_off(dossier, actor=dossier.author)
    with pytest.raises(Refused, match="moins d’une heure"):
        ask_for_sign_off(dossier, actor=dossier.author)
    ask_for_sign_off(dossier, actor=dossier.author, at=now + timedelta(hours=2))

    assert [n.kind for n in claire.notifications.all()] == ["sign_off_asked"] * 2
    assert claire.notifications.first().link == reverse("dossiers:check", args=[dossier.pk])


def test_asking_says_why_it_cannot(pair):
    dossier, claire = pair
    Membership.objects.filter(user=claire).update(legal_title="")
    with pytest.raises(Refused, match="nommez-le"):
        ask_for_sign_off(dossier, actor=dossier.author)
    with pytest.raises(PermissionDenied):
        ask_for_sign_off(dossier, actor=claire)


def test_autosave_of_a_call_with_four_eyes_costs_no_more(count_queries, pair):
    plain, (dossier, _claire) = make_ready(), pair

    def cost(one):
        return count_queries(lambda: autosave(one.pk, "jobs", "9", version=1, actor=one.author))

    assert cost(dossier) == cost(plain) == 5
