import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Value
from django.db.transaction import TransactionManagementError
from django.http import Http404
from django.utils import timezone

from accounts.access import Rights
from grants.core.prepared import prepared
from grants.dossiers.models import Dossier
from grants.programmes.models import Call, Programme
from tests.factories import make_call, make_dossier, make_organisation, make_user

pytestmark = pytest.mark.django_db


@prepared
def dossiers_seen(user):
    return Dossier.objects.seen_by(user).select_related("call").order_by("pk")


@prepared
def calls_of(programme, state):
    return Call.objects.filter(programme=programme, state=state).order_by("pk")


def test_the_second_asking_finds_its_own_rows():
    mine, theirs = make_call(), make_call()

    assert calls_of(mine.programme_id, mine.state) == [mine]
    assert calls_of(theirs.programme_id, theirs.state) == [theirs]


def test_one_text_serves_all_people_of_one_shape():
    owners = [make_user(), make_user()]
    first, second = (make_dossier(organisation=make_organisation(owner)) for owner in owners)
    dossiers_seen.plans.clear()

    assert [dossiers_seen(owner) for owner in owners] == [[first], [second]]
    assert len(dossiers_seen.plans) == 1


def with_rights(user, *organisations, programmes=()):
    user.rights = Rights(
        memberships=frozenset((pk, "owner") for pk in organisations),
        duties=frozenset((pk, "officer") for pk in programmes),
        is_expert=False,
        unread=0,
    )
    return user


def test_rights_read_once_give_the_rows_of_their_own_organisations():
    dossiers = [make_dossier() for _each in range(3)]
    places = [dossier.organisation_id for dossier in dossiers]
    user = make_user()

    assert dossiers_seen(with_rights(user, places[2], places[0])) == [dossiers[0], dossiers[2]]
    assert dossiers_seen(with_rights(user, places[1])) == [dossiers[1]]
    assert dossiers_seen(with_rights(user)) == []


def test_a_word_is_part_of_the_text():
    call = make_call()

    assert calls_of(call.programme_id, call.state) == [call]
    assert calls_of(call.programme_id, "archived") == []


def test_nobody_is_asked_when_nothing_can_be_found(django_assert_num_queries):
    nothing = prepared(lambda pk: Programme.objects.filter(pk=pk).none())

    with django_assert_num_queries(0):
        assert nothing(1) == []


def test_related_objects_and_prefetches_come_along(django_assert_num_queries):
    dossier = make_dossier()
    whole = prepared(
        lambda pk: (
            Dossier.objects.filter(pk=pk).select_related("call").prefetch_related("submissions")
        )
    )
    whole(dossier.pk)

    with django_assert_num_queries(2):
        [found] = whole(dossier.pk)
        assert found.call == dossier.call
        assert [*found.submissions.all()] == []


def test_rows_may_be_pairs_of_values():
    call = make_call()
    titles = prepared(lambda pk: Call.objects.filter(pk=pk).values_list("pk", "title"))

    assert titles(call.pk) == [(call.pk, call.title)]


def test_what_is_not_found_does_not_exist():
    with pytest.raises(Http404):
        calls_of.one_or_404(0, "open")


def test_a_value_too_large_for_its_column_is_refused_at_once():
    few = prepared(lambda n: Call.objects.filter(reviews_per_dossier=n))

    with pytest.raises(TypeError, match="does not fit"):
        few(3)


def test_a_value_hidden_in_a_text_is_refused_at_once():
    hidden = prepared(lambda pk: Call.objects.annotate(said=Value(f"n° {pk}")))

    with pytest.raises(TypeError, match="hides"):
        hidden(7)


@pytest.mark.django_db(transaction=True)
def test_a_row_is_locked_only_inside_a_transaction():
    locked = prepared(lambda pk: Call.objects.filter(pk=pk).select_for_update())
    call = make_call()

    with transaction.atomic():
        assert locked(call.pk) == [call]
    with pytest.raises(TransactionManagementError):
        locked(call.pk)


def test_somebody_without_an_account_has_a_shape_too():
    published, _hidden = make_call(), make_call(state="draft")
    calls = prepared(lambda user: Call.objects.seen_by(user))

    assert calls(AnonymousUser()) == [published]


def test_what_depends_on_the_clock_is_caught():
    late = prepared(lambda: Call.objects.filter(closes_at__lt=timezone.now()))

    with pytest.raises(AssertionError):
        late()
