"""Rights read once for a page, and asked anew by every act."""

import pytest
from django.utils import timezone

from accounts.access import Rights
from config.rights import read
from grants.dossiers import permissions as may
from grants.dossiers.models import Dossier
from grants.programmes.models import Duty
from grants.programmes.states import Role
from reviews.committees.operations import cancel
from tests.factories import (
    join,
    make_dossier,
    make_expert,
    make_organisation,
    make_programme,
    make_staff,
    make_user,
)
from tests.reviews.committees.scene import Room

pytestmark = pytest.mark.django_db


def reading(user):
    """The same person as a page that reads sees them."""
    user.rights = read(user.pk)
    return user


def test_everything_somebody_holds_is_read_at_once(django_assert_num_queries):
    programme, organisation = make_programme(), make_organisation()
    user = make_expert().user
    Duty.objects.create(programme=programme, user=user, role=Role.OFFICER)
    join(user, organisation, role="reader")

    with django_assert_num_queries(1):
        found = read(user.pk)

    assert found == Rights(
        memberships=frozenset({(organisation.pk, "reader")}),
        duties=frozenset({(programme.pk, "officer")}),
        is_expert=True,
        unread=0,
        sits=False,
    )


def test_a_seat_in_a_committee_is_read_too_until_the_session_is_given_up():
    room = Room([5, 4], [3, 4])
    assert read(room.anne.pk).sits
    assert not read(room.readers[0].user_id).sits

    cancel(room.session, actor=room.officer)

    assert not read(room.anne.pk).sits


def test_what_ended_gives_no_right():
    user = make_staff(make_programme(), Role.MANAGER)
    membership = join(user, make_organisation())
    user.duties.update(ended_at=timezone.now())
    membership.left_at = timezone.now()
    membership.save()

    found = read(user.pk)

    assert not found.memberships
    assert not found.duties


@pytest.mark.parametrize("rule", [may.applicant, may.colleague, may.staff, may.officer, may.SEE])
def test_a_rule_says_the_same_read_once_or_asked_anew(rule):
    dossier = make_dossier(state="submitted")
    people = [
        make_user(),
        dossier.organisation.memberships.get().user,
        make_staff(dossier.call.programme, Role.OFFICER),
        make_staff(dossier.call.programme, Role.AUDITOR),
        make_staff(make_programme(), Role.MANAGER),
    ]
    join(people[0], dossier.organisation, role="reader")
    asked = [answers(rule, person, dossier) for person in people]

    once = [answers(rule, reading(person), dossier) for person in people]

    assert once == asked
    assert len(set(asked)) == 2, "the people chosen must tell the rule apart"


def answers(rule, person, dossier):
    in_rows = Dossier.objects.filter(rule.rows(person), pk=dossier.pk).exists()
    assert rule.allows(person, dossier) == in_rows
    return in_rows


def test_an_act_asks_the_database_again(client):
    """A right that ends while a page is open ends for the next act, whatever the page knew."""
    seen = {}

    def look(request):
        seen[request.method] = hasattr(request.user, "rights")

    user = make_user()
    client.force_login(user)
    watch(client, look)
    client.get("/compte/profil/")
    client.post("/compte/profil/", {"full_name": "Léa Roux", "phone": "", "language": "fr"})

    assert seen == {"GET": True, "POST": False}


def watch(client, look):
    """See each request as it stands once the view has answered."""
    answer = client.handler.get_response

    def looked_at(request):
        response = answer(request)
        look(request)
        return response

    client.handler.get_response = looked_at
