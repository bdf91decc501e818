"""Four eyes: who represents the company agrees to the very content, somebody else hands it in."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.access import Refused
from accounts.organisations.models import Membership
from grants.dossiers.content import digest_of, substance_of
from grants.dossiers.forms_of import filled
from grants.dossiers.models import Dossier, Submission
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
from grants.programmes.states import CallState, Role
from tests.factories import join, make_staff, make_user, walk
from tests.grants.dossiers.complete import make_ready, make_standard_call, upload

pytestmark = pytest.mark.django_db


def make_signed_call():
    return make_standard_call(four_eyes=True)


def make_pair(**more):
    """A complete dossier of a call that asks for four eyes, and who represents its company."""
    dossier = make_ready(call=make_signed_call(), **more)
    claire = make_user(full_name="Claire Vasseur")
    join(claire, dossier.organisation, Membership.Role.READER, legal_title="présidente")
    return dossier, claire


@pytest.fixture
def pair():
    return make_pair()


def digest(dossier):
    return digest_of(substance_of(filled(dossier)))


def agree(dossier, person):
    return sign(dossier, seen=digest(dossier), actor=person)


def check_page(client, dossier, person):
    client.force_login(person)
    return client.get(reverse("dossiers:check", args=[dossier.pk])).content.decode()


def test_call_without_the_option_asks_for_nothing(client):
    dossier = make_ready()

    assert "représentant légal" not in check_page(client, dossier, dossier.author)
    assert submit(dossier, actor=dossier.author).sign_off is None


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
    [line] = [fact for fact in receipt_of(submission)["facts"] if "Accord" in fact["label"]]
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


def test_pressed_twice_there_is_one_agreement(pair):
    dossier, claire = pair

    assert agree(dossier, claire) == agree(dossier, claire)


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


def test_check_page_leads_from_asking_to_handing_in(client, pair):
    dossier, claire = pair
    client.force_login(dossier.author)
    asked = client.post(reverse("dossiers:ask_sign_off", args=[dossier.pk]), follow=True)
    before = asked.content.decode()
    for_claire = check_page(client, dossier, claire)
    given = client.post(
        reverse("dossiers:sign", args=[dossier.pk]), {"seen": digest(dossier)}, follow=True
    ).content.decode()
    after = check_page(client, dossier, dossier.author)

    assert "La demande est partie" in before
    assert "Claire Vasseur" in before
    assert "Déposer le dossier" not in before
    assert "Donner mon accord à ce dossier" in for_claire
    assert "Votre accord est enregistré" in given
    assert "Déposer le dossier" not in given
    assert "exactement tel qu’il est" in after
    assert "Déposer le dossier" in after


def test_check_page_says_that_an_agreement_ended(client, pair):
    dossier, claire = pair
    agree(dossier, claire)
    section = reverse("dossiers:section", args=[dossier.pk, "projet"])
    client.force_login(dossier.author)
    warned = client.get(section).content.decode()
    change_answer(dossier)

    for person in (dossier.author, claire):
        assert "ne vaut plus" in check_page(client, dossier, person)
    assert "son accord s’annule" in warned


def test_check_page_says_whom_to_ask_when_nobody_represents(client, pair):
    dossier, claire = pair
    Membership.objects.filter(user=claire).update(legal_title="")

    page = check_page(client, dossier, dossier.author)

    assert "Personne n’est encore désigné" in page
    assert reverse("teams:team", args=[dossier.organisation_id]) in page


def test_stale_page_does_not_agree(client, pair):
    dossier, claire = pair
    client.force_login(claire)

    page = client.post(reverse("dossiers:sign", args=[dossier.pk]), {"seen": "x"}, follow=True)

    assert "relisez-le" in page.content.decode()
    assert dossier.sign_offs.count() == 0


def test_funder_reads_who_agreed(client, pair):
    dossier, claire = pair
    agree(dossier, claire)
    submit(dossier, actor=dossier.author)
    client.force_login(make_staff(dossier.call.programme, Role.OFFICER))

    page = client.get(reverse("dossiers:detail", args=[dossier.pk])).content.decode()

    assert "Accord de Claire Vasseur (présidente)" in page


def test_check_page_costs_the_same_with_one_and_three_agreements(client, count_queries, pair):
    dossier, claire = pair
    address = reverse("dossiers:check", args=[dossier.pk])
    agree(dossier, claire)
    client.force_login(dossier.author)
    one = count_queries(lambda: client.get(address))
    for n in (9, 10):
        save_answer(dossier, "jobs", str(n), version=n - 8, actor=dossier.author)
        agree(dossier, claire)
        join(make_user(), dossier.organisation, Membership.Role.WRITER)

    assert count_queries(lambda: client.get(address)) == one == 10


def test_autosave_of_a_call_with_four_eyes_costs_no_more(count_queries, pair):
    plain, (dossier, _claire) = make_ready(), pair

    def cost(one):
        return count_queries(lambda: autosave(one.pk, "jobs", "9", version=1, actor=one.author))

    assert cost(dossier) == cost(plain) == 5


def test_manager_asks_for_four_eyes_on_the_form_of_the_call(client):
    call = make_standard_call(state=CallState.DRAFT)
    client.force_login(make_staff(call.programme, Role.MANAGER))

    page = client.get(reverse("programmes:edit_call", args=[call.pk])).content.decode()

    assert 'name="four_eyes"' in page
    assert "checked" not in page.split('name="four_eyes"')[1].split(">")[0]
    walk(call, CallState.OPEN)
    call.refresh_from_db()
    assert call.four_eyes is False


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
