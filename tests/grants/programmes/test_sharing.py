"""How a call shares out, and the word it keeps about its draw."""

from hashlib import sha256

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.access import Refused
from grants.programmes.operations import copy_sharing
from grants.programmes.sharing import Draw, SharingRules
from grants.programmes.sharing_acts import announce_draw, reveal_draw, set_sharing
from grants.programmes.states import Role
from tests.factories import make_call, make_programme, make_ranking, make_staff, walk

pytestmark = pytest.mark.django_db
SEED = "un soir de novembre à Sète"


def drawing_call(state="draft"):
    programme = make_programme()
    call = make_call(programme, state="draft")
    SharingRules.objects.create(call=call, mode="ties", draws=True)
    walk(call, state)
    return type(call).objects.get(pk=call.pk), make_staff(programme, Role.MANAGER)


def posted(**fields):
    return {
        "mode": "bounds", "max_awards": "12", "part_0": "60", "part_1": "40", "part_2": "",
        "part_3": "", "form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0",
        "form-0-kind": "floor", "form-0-department": "31", "form-0-amount": "120 000",
        "form-1-kind": "cap", **fields,
    }  # fmt: skip


def test_rules_floors_and_payment_parts_are_written_then_published(client):
    programme = make_programme()
    call = make_call(programme, state="draft")
    client.force_login(make_staff(programme, Role.MANAGER))
    url = reverse("programmes:sharing", args=[call.pk])

    assert client.post(url, posted()).status_code == 302

    call.refresh_from_db()
    assert (call.sharing.mode, call.sharing.payment_parts) == ("bounds", [60, 40])
    assert [str(bound) for bound in call.sharing_bounds.all()] == ["31 : au moins 120000.00 €"]
    page = client.get(call.get_absolute_url()).content.decode()
    assert "12 lauréats au plus" in page
    assert "département 31" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"part_1": "30"}, "100 au total"),
        ({"draws": "on"}, "qu’aux ex aequo"),
        ({"form-0-amount": "-5"}, "négatif"),
        ({"form-0-amount": "9" * 15}, "Écrivez un montant"),
        ({"form-0-department": ""}, "Nommez un thème"),
        (
            {"form-1-kind": "floor", "form-1-department": "31", "form-1-amount": "5"},
            "écrite deux fois",
        ),
    ],
)
def test_rules_that_contradict_themselves_are_said(client, typed, said):
    programme = make_programme()
    call = make_call(programme, state="draft")
    client.force_login(make_staff(programme, Role.MANAGER))

    page = client.post(reverse("programmes:sharing", args=[call.pk]), posted(**typed))

    assert said in page.content.decode()
    assert not SharingRules.objects.filter(call=call).exists()


def test_the_database_keeps_the_rules_of_a_published_call():
    call, _manager = drawing_call("open")

    with pytest.raises(IntegrityError, match="sharing_rules_frozen"):
        SharingRules.objects.filter(call=call).update(draws=False)


def test_the_digest_comes_before_the_ranking_and_the_seed_after(client):
    call, manager = drawing_call("open")
    draw = announce_draw(call, seed=SEED, actor=manager)
    assert (draw.digest, draw.seed) == (sha256(SEED.encode()).hexdigest(), "")
    assert draw.digest in client.get(call.get_absolute_url()).content.decode()

    with pytest.raises(Refused, match="une fois le classement arrêté"):
        reveal_draw(call, seed=SEED, actor=manager)
    with pytest.raises(Refused, match="ne change plus"):
        announce_draw(call, seed="une autre graine", actor=manager)

    make_ranking(call)
    call = type(call).objects.get(pk=call.pk)
    with pytest.raises(Refused, match="pas la graine annoncée"):
        reveal_draw(call, seed=SEED + " ", actor=manager)
    reveal_draw(call, seed=SEED, actor=manager)
    assert SEED in client.get(call.get_absolute_url()).content.decode()


def test_no_draw_is_announced_where_the_rules_have_none_or_too_late():
    call, manager = drawing_call("reviewing")
    other = make_call(call.programme)
    make_ranking(call)

    with pytest.raises(Refused, match="ne prévoient pas"):
        announce_draw(other, seed=SEED, actor=manager)
    with pytest.raises(Refused, match="trop tard"):
        announce_draw(type(call).objects.get(pk=call.pk), seed=SEED, actor=manager)


@pytest.mark.parametrize(
    "change",
    [
        {"digest": "0" * 64},
        {"published_at": timezone.now()},
        {"seed": "une autre graine", "revealed_at": timezone.now()},
    ],
)
def test_the_database_refuses_a_seed_or_digest_changed_after_publication(change):
    call, manager = drawing_call("open")
    announce_draw(call, seed=SEED, actor=manager)
    make_ranking(call)
    columns = {**change, "revealed_by": manager} if "seed" in change else change

    with pytest.raises(IntegrityError, match="draw_keeps_its_word"), transaction.atomic():
        Draw.objects.filter(call=call).update(**columns)
    with pytest.raises(IntegrityError, match="draw_keeps_its_word"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM grants_draw")


def test_a_new_call_takes_over_how_the_last_one_shared():
    call, manager = drawing_call()
    rules = {"mode": "bounds", "grey_is_tied": False, "draws": False, "max_awards": 3}
    bound = {"kind": "cap", "theme": None, "department": "31", "amount": 5}
    set_sharing(call, bounds=[bound], actor=manager, payment_parts=[], **rules)
    copy = make_call(call.programme, state="draft")

    copy_sharing(call, copy)

    copy = type(call).objects.get(pk=copy.pk)
    assert (copy.sharing.mode, copy.sharing.max_awards) == ("bounds", 3)
    assert copy.sharing_bounds.get().department == "31"
