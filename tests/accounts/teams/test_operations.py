import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.access import Refused
from accounts.notifications.models import Letter
from accounts.organisations.models import Membership
from accounts.teams import operations
from accounts.teams.models import Invitation
from tests.factories import join, make_organisation, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return make_user(full_name="Claire Vasseur")


@pytest.fixture
def company(owner):
    return make_organisation(owner=owner)


def invite(company, owner, email="paul@exemple.fr", role="writer", **more):
    operations.invite(company, email=email, role=role, actor=owner, **more)
    return token_in(Letter.objects.last().text)


def token_in(text):
    return re.search(r"/rejoindre/([\w-]+)/", text)[1]


def test_invited_colleague_joins_with_the_role_written_in_the_invitation(company, owner):
    token = invite(company, owner, email=" Paul@Exemple.FR ")
    paul = make_user(email="paul@exemple.fr")

    operations.accept(token, actor=paul)

    assert company.memberships.get(user=paul).role == "writer"
    assert [n.kind for n in owner.notifications.all()] == ["team_joined"]


def test_base_keeps_only_the_digest_of_the_key(company, owner):
    token = invite(company, owner)

    invitation = company.invitations.get()
    assert invitation.token_sha256 == operations.digest_of(token)
    assert token not in str(list(Invitation.objects.values()))


def test_key_serves_once(company, owner):
    token = invite(company, owner)
    paul = make_user(email="paul@exemple.fr")
    operations.accept(token, actor=paul)

    with pytest.raises(Refused, match="n’est plus valable"):
        operations.accept(token, actor=paul)


def test_key_in_other_hands_opens_nothing(company, owner):
    token = invite(company, owner)

    with pytest.raises(Refused, match="une autre adresse"):
        operations.accept(token, actor=make_user())

    assert company.memberships.count() == 1


def test_key_expires_after_fourteen_days(company, owner):
    sent = timezone.now()
    token = invite(company, owner, at=sent)
    paul = make_user(email="paul@exemple.fr")

    with pytest.raises(Refused):
        operations.accept(token, actor=paul, at=sent + timedelta(days=14))
    operations.accept(token, actor=paul, at=sent + timedelta(days=14, microseconds=-1))


def test_withdrawn_invitation_opens_nothing(company, owner):
    token = invite(company, owner)
    operations.revoke(company.invitations.get(), actor=owner)

    with pytest.raises(Refused):
        operations.accept(token, actor=make_user(email="paul@exemple.fr"))


def test_second_letter_to_the_same_address_ends_the_first(company, owner):
    first, second = invite(company, owner), invite(company, owner, role="reader")
    paul = make_user(email="paul@exemple.fr")

    with pytest.raises(Refused):
        operations.accept(first, actor=paul)
    operations.accept(second, actor=paul)

    assert company.memberships.get(user=paul).role == "reader"


@pytest.mark.parametrize("role", ["writer", "reader"])
def test_only_owners_run_the_team(company, owner, role):
    join(colleague := make_user(), company, role)
    [mine] = company.memberships.filter(user=owner)

    for act in (
        lambda: operations.invite(company, email="x@y.fr", role="reader", actor=colleague),
        lambda: operations.change_role(mine, role="reader", actor=colleague),
        lambda: operations.remove(mine, actor=colleague),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_last_owner_neither_leaves_nor_steps_down(company, owner):
    mine = company.memberships.get()

    with pytest.raises(Refused, match="au moins un responsable"):
        operations.remove(mine, actor=owner)
    with pytest.raises(Refused, match="au moins un responsable"):
        operations.change_role(mine, role="reader", actor=owner)
    operations.change_role(mine, role="owner", actor=owner)


def test_removed_colleague_is_told_and_may_be_invited_again(company, owner):
    join(paul := make_user(email="paul@exemple.fr"), company)
    operations.remove(company.memberships.get(user=paul), actor=owner)
    token = invite(company, owner)

    operations.accept(token, actor=paul)

    assert [n.kind for n in paul.notifications.all()] == ["team_removed"]
    assert [m.role for m in company.memberships.filter(user=paul, left_at=None)] == ["writer"]


def test_database_refuses_two_open_invitations_to_one_address(company, owner):
    invite(company, owner)
    twin = company.invitations.get()
    twin.pk, twin.token_sha256, twin.email = None, "x", "PAUL@exemple.fr"

    with pytest.raises(IntegrityError, match="one_open_per_address"), transaction.atomic():
        twin.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_two_owners_cannot_remove_each_other_at_once():
    first, second = make_user(), make_user()
    company = make_organisation(owner=first)
    join(second, company)
    gate = Barrier(2)

    def remove(pair):
        actor, target = pair
        membership = Membership.objects.get(user=target)
        gate.wait()
        try:
            operations.remove(membership, actor=actor)
        except (Refused, PermissionDenied):
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(remove, [(first, second), (second, first)]))

    assert sorted(answers) == ["done", "refused"]
    assert company.memberships.filter(left_at=None).count() == 1


def test_too_many_letters_wait_for_an_answer(company, owner):
    for number in range(operations.MOST_OPEN):
        invite(company, owner, email=f"ami{number}@exemple.fr")

    with pytest.raises(Refused, match="Trop d’invitations"):
        invite(company, owner, email="encore@exemple.fr")


def test_an_invitation_is_revoked_once_and_never_after_it_served(company, owner):
    token = invite(company, owner)
    invitation = company.invitations.get()
    first = operations.revoke(invitation, actor=owner).revoked_at
    assert operations.revoke(invitation, actor=owner).revoked_at == first

    token = invite(company, owner)
    operations.accept(token, actor=make_user(email="paul@exemple.fr"))
    with pytest.raises(Refused, match="déjà été acceptée"):
        operations.revoke(company.invitations.get(accepted_at__isnull=False), actor=owner)


def test_who_joined_meanwhile_stays_as_they_are(company, owner):
    token = invite(company, owner, role="reader")
    paul = make_user(email="paul@exemple.fr")
    join(paul, company, "writer")

    operations.accept(token, actor=paul)

    assert [m.role for m in company.memberships.filter(user=paul)] == ["writer"]


def test_naming_the_same_representative_again_tells_nobody(company, owner):
    membership = join(make_user(), company, "reader")
    for _time in range(2):
        operations.name_representative(membership, title="Présidente", actor=owner)

    assert membership.user.notifications.count() == 1


def test_who_left_is_no_longer_of_the_team(company, owner):
    membership = join(make_user(), company, "reader")
    operations.remove(membership, actor=owner)

    with pytest.raises(Refused, match="ne fait plus partie"):
        operations.remove(membership, actor=owner)
