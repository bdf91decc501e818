"""Sharing a dossier among colleagues: sections entrusted, marked complete, taken up again."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.access import Refused
from accounts.notifications.models import Notification
from accounts.organisations.models import Membership
from grants.dossiers.operations import complete, entrust, reopen, save_answer, submit
from tests.factories import join, make_user
from tests.grants.dossiers.complete import make_draft, make_ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier():
    return make_draft()


@pytest.fixture
def paul(dossier):
    paul = make_user(full_name="Paul Castéran")
    join(paul, dossier.organisation, Membership.Role.WRITER)
    return paul


def task_list(client, dossier, person=None):
    client.force_login(person or dossier.author)
    return client.get(reverse("dossiers:detail", args=[dossier.pk])).content.decode()


def post(client, dossier, key="projet", **fields):
    return client.post(reverse("dossiers:care", args=[dossier.pk, key]), fields, follow=True)


def test_colleague_is_told_once_of_the_section_entrusted_to_them(dossier, paul):
    entrust(dossier, "projet", holder=paul, actor=dossier.author)
    entrust(dossier, "projet", holder=paul, actor=dossier.author)

    [told] = paul.notifications.all()
    assert told.kind == "section_entrusted"
    assert told.link == reverse("dossiers:section", args=[dossier.pk, "projet"])
    assert dossier.reference in told.subject


def test_who_takes_a_section_for_oneself_is_told_nothing(dossier):
    entrust(dossier, "projet", holder=dossier.author, actor=dossier.author)

    assert Notification.objects.count() == 0


def test_section_goes_neither_to_a_reader_nor_to_somebody_from_elsewhere(dossier):
    join(reader := make_user(), dossier.organisation, Membership.Role.READER)

    for person in (reader, make_user()):
        with pytest.raises(Refused, match="n’écrit pas dans ce dossier"):
            entrust(dossier, "projet", holder=person, actor=dossier.author)
    assert dossier.cares.count() == 0


def test_reader_neither_entrusts_nor_marks(dossier):
    join(reader := make_user(), dossier.organisation, Membership.Role.READER)

    for act in (
        lambda: entrust(dossier, "projet", holder=None, actor=reader),
        lambda: complete(dossier, "projet", actor=reader),
        lambda: reopen(dossier, "projet", actor=reader),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_section_that_does_not_exist_is_refused(dossier):
    with pytest.raises(Refused, match="n’existe pas"):
        complete(dossier, "autre", actor=dossier.author)


def test_after_submission_nothing_is_entrusted_and_the_database_holds():
    dossier = make_ready()
    complete(dossier, "projet", actor=dossier.author)
    submit(dossier, actor=dossier.author)

    with pytest.raises(Refused):
        reopen(dossier, "projet", actor=dossier.author)
    with pytest.raises(IntegrityError, match="care_frozen"), transaction.atomic():
        dossier.cares.update(completed_at=None, completed_by=None)


def test_list_says_who_has_a_section_and_who_called_it_complete(client, dossier, paul):
    entrust(dossier, "projet", holder=paul, actor=dossier.author)
    complete(dossier, "entreprise", actor=paul)

    page = task_list(client, dossier)

    assert "Confiée à Paul Castéran" in page
    assert "Marquée complète par Paul Castéran" in page
    assert "Confiée à vous" in task_list(client, dossier, paul)


def test_section_marked_complete_tells_what_it_lacks(client, dossier):
    complete(dossier, "projet", actor=dossier.author)

    assert "Il y manque pourtant" in task_list(client, dossier)


def test_full_section_marked_complete_lacks_nothing_until_it_changes(client):
    dossier = make_ready()
    complete(dossier, "projet", actor=dossier.author)

    before = task_list(client, dossier)
    save_answer(dossier, "title", "Autre titre", version=1, actor=dossier.author)
    after = task_list(client, dossier)

    assert "Il y manque" not in before
    assert "puis modifiée" not in before
    assert "puis modifiée" in after


def test_leaving_a_section_marked_complete_says_what_it_lacks(client, dossier):
    client.force_login(dossier.author)
    address = reverse("dossiers:section", args=[dossier.pk, "equipe"])

    silent = client.post(address, {"laboratory": ""}, follow=True).content.decode()
    complete(dossier, "equipe", actor=dossier.author)
    told = client.post(address, {"laboratory": ""}, follow=True).content.decode()

    assert "est marquée complète, mais il y manque" not in silent
    assert "est marquée complète, mais il y manque" in told


def test_marks_and_names_come_from_the_task_list(client, dossier, paul):
    client.force_login(dossier.author)

    entrusted = post(client, dossier, holder=paul.pk).content.decode()
    marked = post(client, dossier, mark="complete").content.decode()
    taken_up = post(client, dossier, mark="reopen").content.decode()
    freed = post(client, dossier, holder="").content.decode()

    assert "est confiée à Paul Castéran" in entrusted
    assert "Reprendre la section" in marked
    assert "n’est plus marquée complète" in taken_up
    assert "n’est plus confiée à personne" in freed
    care = dossier.cares.get()
    assert (care.holder, care.completed_at) == (None, None)


@pytest.mark.parametrize("holder", ["x", "999999999", "1e5", "-1"])
def test_name_that_was_never_offered_changes_nothing(client, dossier, paul, holder):
    entrust(dossier, "projet", holder=paul, actor=dossier.author)
    client.force_login(dossier.author)

    response = post(client, dossier, holder=holder)

    assert (response.status_code, dossier.cares.get().holder) == (404, paul)


def test_unknown_section_says_so_on_the_task_list(client, dossier):
    client.force_login(dossier.author)

    page = post(client, dossier, key="autre", mark="complete").content.decode()

    assert "Cette section n’existe pas" in page


def test_database_wants_a_name_with_every_mark(dossier):
    complete(dossier, "projet", actor=dossier.author)

    with pytest.raises(IntegrityError, match="care_completed_by_somebody"), transaction.atomic():
        dossier.cares.update(completed_by=None)
