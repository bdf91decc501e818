"""A revision reaches the drafts of the call; what was handed in keeps its own version."""

import pytest

from accounts.access import Refused
from accounts.notifications.models import Notification
from grants.dossiers.operations import acknowledge_form, save_answer, submit
from grants.dossiers.states import State
from grants.formbuilder import operations
from tests.factories import make_dossier
from tests.grants.formbuilder.scene import seen
from tests.grants.formbuilder.test_revising import call, change, make_draft, publish

__all__ = ["call"]  # the fixture of the same scene

pytestmark = pytest.mark.django_db


def test_drafts_follow_a_published_revision_and_are_told(call):
    dossier = make_draft(call)
    change(call, words=100)

    form = publish(call)

    dossier.refresh_from_db()
    assert (dossier.form, dossier.form_before.number) == (form, 1)
    told = Notification.objects.get(recipient=dossier.author, kind="form_revised")
    assert "100 au lieu de 200" in told.body


def test_two_revisions_in_a_row_are_told_together(call):
    dossier = make_draft(call)
    change(call, words=100)
    publish(call)
    change(call, words=50)

    publish(call)

    dossier.refresh_from_db()
    assert (dossier.form.number, dossier.form_before.number) == (3, 1)


def test_submitted_dossier_keeps_its_version(call):
    dossier = make_dossier(call=call, state=State.SUBMITTED)
    change(call, words=100)

    publish(call)

    dossier.refresh_from_db()
    assert (dossier.form.number, dossier.form_before) == (1, None)


def test_author_who_has_read_what_changed_is_told_no_more(call):
    dossier = make_draft(call)
    change(call, words=100)
    publish(call)

    acknowledge_form(dossier, actor=dossier.author)

    dossier.refresh_from_db()
    assert dossier.form_before is None


def test_save_under_a_revision_goes_by_the_new_form(call):
    dossier = make_draft(call)  # loaded before the revision
    change(call, words=2)
    publish(call)

    saved = save_answer(dossier, "aids", "trois mots ici", version=0, actor=dossier.author)

    assert "2 au plus" in saved.error


def test_text_typed_at_a_retired_question_is_kept_and_its_author_is_told(call):
    dossier = make_draft(call)
    operations.remove(call, "aids", seen=seen(call, "aids"), actor=call.manager)
    publish(call)

    saved = save_answer(dossier, "aids", "ADEME", version=0, actor=dossier.author)

    assert "retiré cette question" in saved.error
    assert dossier.answers.get(key="aids").value == "ADEME"


def test_retired_answer_is_not_handed_in(call):
    dossier = make_draft(call)
    for key, text in (("aids", "ADEME"), ("aided", "true")):
        save_answer(dossier, key, text, version=0, actor=dossier.author)
    operations.remove(call, "aids", seen=seen(call, "aids"), actor=call.manager)
    publish(call)

    submission = submit(dossier, actor=dossier.author)

    assert submission.content["answers"] == {"aided": True}
    assert submission.content["form"] == 2


def test_answer_that_no_longer_fits_stops_submission_with_a_sentence(call):
    dossier = make_draft(call)
    for key, text in (("aids", "un deux trois"), ("aided", "true")):
        save_answer(dossier, key, text, version=0, actor=dossier.author)
    change(call, words=2)
    publish(call)

    with pytest.raises(Refused, match="à corriger"):
        submit(dossier, actor=dossier.author)
