import hashlib

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.utils import ProgrammingError
from django.utils import timezone

from accounts.access import Refused
from accounts.notifications.models import Letter, Notification
from accounts.people.models import User
from grants.programmes.states import Role
from reviews.experts import operations
from reviews.experts.models import Seat
from reviews.experts.undertaking import VERSION
from tests.factories import make_assignment, make_call, make_expert, make_staff, make_user

pytestmark = pytest.mark.django_db


def invite(call, actor, **overrides):
    values = {
        "email": "Claire.Fabre@laboratoire.fr",
        "full_name": "Claire Fabre",
        "organisation": "Laboratoire d’énergétique",
        "capacity": 8,
        **overrides,
    }
    return operations.invite(call, actor=actor, **values)


@pytest.fixture
def call():
    return make_call()


@pytest.fixture
def officer(call):
    return make_staff(call.programme)


def test_inviting_a_stranger_opens_an_account_without_password(call, officer):
    seat = invite(call, officer)

    person = User.objects.get(email="claire.fabre@laboratoire.fr")
    assert not person.has_usable_password()
    assert (seat.expert.user, seat.capacity, seat.state) == (person, 8, "invited")
    letter = Letter.objects.get(address=person.email)
    assert "/compte/" in letter.text


def test_inviting_somebody_with_an_account_keeps_it(call, officer):
    known = make_user(email="claire.fabre@laboratoire.fr", full_name="C. Fabre")

    seat = invite(call, officer)

    assert seat.expert.user == known
    assert seat.expert.user.full_name == "C. Fabre"
    assert "mot de passe" not in Letter.objects.get().text


def test_inviting_twice_is_refused_and_sends_nothing_more(call, officer):
    invite(call, officer)

    with pytest.raises(Refused, match="fait déjà partie"):
        invite(call, officer)

    assert Letter.objects.count() == Seat.objects.count() == 1


def test_somebody_who_declined_can_be_invited_again(call, officer):
    seat = invite(call, officer)
    operations.decline(seat, reason="Pas le temps.", actor=seat.expert.user)

    again = invite(call, officer, capacity=3)

    again.refresh_from_db()
    assert (again.pk, again.state, again.capacity) == (seat.pk, "invited", 3)


def test_a_deactivated_account_is_not_invited(call, officer):
    make_user(email="claire.fabre@laboratoire.fr", is_active=False)

    with pytest.raises(Refused, match="désactivé"):
        invite(call, officer)


@pytest.mark.parametrize("role", [Role.FINANCE, Role.AUDITOR])
def test_only_officers_and_managers_invite(call, role):
    with pytest.raises(PermissionDenied):
        invite(call, make_staff(call.programme, role))


def test_signing_is_kept_once(call):
    seat = make_expert(call, signed=False).seats.get()
    operations.sign(seat, actor=seat.expert.user)
    first = seat.undertaking_signed_at

    operations.sign(seat, actor=seat.expert.user)

    assert seat.undertaking_signed_at == first is not None


def test_the_exact_text_is_kept_with_the_signature(call):
    seat = make_expert(call, signed=False).seats.get()

    operations.sign(seat, actor=seat.expert.user)

    [signature] = seat.signatures.all()
    assert (signature.signed_by, signature.signed_at) == (
        seat.expert.user, seat.undertaking_signed_at,
    )  # fmt: skip
    assert "Code de conduite" in signature.text
    assert str(call) in signature.text
    assert signature.sha256 == hashlib.sha256(signature.text.encode()).hexdigest()
    assert signature.version == VERSION


@pytest.mark.parametrize("change", [{"text": "Rien."}, {"sha256": "0" * 64}, {"version": "2"}])
def test_a_signature_never_changes(call, change):
    seat = make_expert(call, signed=False).seats.get()
    operations.sign(seat, actor=seat.expert.user)

    with pytest.raises(ProgrammingError, match="Cannot update"):
        seat.signatures.update(**change)


def test_a_digest_of_another_text_is_no_signature(call):
    seat = make_expert(call, signed=False).seats.get()

    with pytest.raises(IntegrityError, match="signature_digest_of_text"):
        seat.signatures.create(
            version="1", text="Rien.", sha256="0" * 64, signed_by=seat.expert.user
        )


def test_nothing_is_signed_once_the_call_is_over():
    seat = make_expert(make_call(state="decided"), signed=False).seats.get()

    with pytest.raises(Refused, match="terminé"):
        operations.sign(seat, actor=seat.expert.user)


def test_nobody_signs_for_another(call, officer):
    seat = make_expert(call, signed=False).seats.get()

    with pytest.raises(PermissionDenied):
        operations.sign(seat, actor=officer)


def test_signing_after_declining_is_refused(call):
    seat = make_expert(call, signed=False).seats.get()
    operations.decline(seat, reason="Trop loin de mon métier.", actor=seat.expert.user)

    with pytest.raises(Refused, match="décliné"):
        operations.sign(seat, actor=seat.expert.user)


def test_declining_tells_the_officers_why(call, officer):
    seat = make_expert(call, signed=False).seats.get()

    operations.decline(seat, reason="Pas le temps.", actor=seat.expert.user)

    assert "Pas le temps." in Notification.objects.get(recipient=officer).body
    seat.refresh_from_db()
    assert seat.declined_because == "Pas le temps."


def test_declining_with_dossiers_in_hand_is_refused():
    assignment = make_assignment()
    seat = assignment.expert.seats.get()

    with pytest.raises(Refused, match="confiés"):
        operations.decline(seat, reason="Pas le temps.", actor=seat.expert.user)

    seat.refresh_from_db()
    assert seat.declined_at is None


def test_capacity_is_set_by_the_programme_only(call, officer):
    seat = make_expert(call).seats.get()

    operations.set_capacity(seat, 4, actor=officer)

    assert seat.capacity == 4
    with pytest.raises(PermissionDenied):
        operations.set_capacity(seat, 40, actor=seat.expert.user)


def test_profile_keeps_levels_and_forgets_themes_left_empty(call):
    expert = make_expert(call, level=1)
    energy, health = call.programme.themes.all()

    operations.describe(
        expert, actor=expert.user, levels={energy: 3, health: None}, organisation="CNRS"
    )

    assert [(e.theme, e.level) for e in expert.expertise.all()] == [(energy, 3)]
    assert expert.organisation == "CNRS"


def test_pool_costs_the_same_for_one_and_three_experts(client, count_queries, call, officer):
    client.force_login(officer)
    make_expert(call)
    url = f"/experts/appels/{call.pk}/"
    one = count_queries(lambda: client.get(url))
    make_expert(call)
    make_expert(call)

    assert count_queries(lambda: client.get(url)) == one == 6


def test_undertaking_page_signs_and_leads_to_the_profile(client, call):
    seat = make_expert(call, signed=False).seats.get()
    client.force_login(seat.expert.user)
    url = f"/experts/appels/{call.pk}/engagement/"

    refused = client.post(url, {})
    signed = client.post(url, {"agreed": "on"})

    assert "Cochez cette case" in refused.content.decode()
    assert signed["Location"] == "/experts/profil/"
    seat.refresh_from_db()
    assert seat.undertaking_signed_at <= timezone.now()


def test_profile_page_refuses_a_wrong_siren_and_keeps_what_was_typed(client, call):
    expert = make_expert(call)
    client.force_login(expert.user)

    page = client.post("/experts/profil/", {"organisation": "CNRS", "siren": "123456789"})

    assert "n’est pas un SIREN" in page.content.decode()
    assert 'value="123456789"' in page.content.decode()
    expert.refresh_from_db()
    assert expert.siren == ""


@pytest.mark.parametrize("typed", ["-1", "1e5", "NaN", "201", ""])
def test_capacity_page_refuses_what_is_no_number_of_dossiers(client, call, officer, typed):
    seat = make_expert(call, capacity=7).seats.get()
    client.force_login(officer)

    page = client.post(f"/experts/places/{seat.pk}/?etat=signed", {"capacity": typed})

    html = page.content.decode()
    assert "entre 0 et 200" in html
    assert (
        f'aria-describedby="capacity-error" name="capacity" min="0" max="200" value="{typed}"'
        in html
    )
    assert f'href="#capacity-{seat.pk}">Dossiers au plus\u202f: {seat.expert}</a>' in html
    # The links lead back to the pool: this address answers to nothing but a form.
    assert f'href="/experts/appels/{call.pk}/?etat="' in html
    seat.refresh_from_db()
    assert seat.capacity == 7
