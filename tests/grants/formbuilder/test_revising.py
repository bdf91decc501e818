from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.access import Refused
from grants.formbuilder import operations
from grants.formbuilder.building import digest
from grants.formbuilder.models import FormVersion
from grants.formbuilder.operations import Clash
from grants.programmes.checks import CheckLine
from grants.programmes.states import CallState, Role
from tests.factories import make_dossier, make_organisation, make_staff, make_user
from tests.grants.formbuilder.scene import keys, make_scene, newest, seen, stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return make_scene()


def change(call, key="aids", **values):
    return operations.save_question(
        call, key, "projet", {**stored(call, key), **values},
        seen=seen(call, key), actor=call.manager,
    )  # fmt: skip


def publish(call, **more):
    draft = call.forms.get(published_at=None)
    given = {"seen": digest(draft.definition), "actor": call.manager, **more}
    return operations.publish_form(call, **given)


def move(call, key, way):
    operations.move(call, key, way, actor=call.manager)


def make_draft(call):
    author = make_user()
    organisation = make_organisation(owner=author)
    dossier = make_dossier(call=call, organisation=organisation, author=author)
    dossier.author = author
    return dossier


def test_first_change_prepares_a_version_that_nobody_else_sees(call):
    change(call, label="Quelles aides ?")

    published, draft = call.forms.order_by("number")
    assert (draft.number, draft.published_at, draft.revised_by) == (2, None, call.manager)
    assert published.definition["sections"][0]["questions"][2]["label"] == "Lesquelles ?"
    assert stored(call, "aids")["label"] == "Quelles aides ?"


def test_second_change_goes_into_the_same_version(call):
    change(call, label="Quelles aides ?")
    change(call, words=100)

    assert call.forms.count() == 2
    assert (stored(call, "aids")["label"], stored(call, "aids")["words"]) == (
        "Quelles aides ?",
        100,
    )


def test_database_keeps_one_version_in_preparation(call):
    change(call, words=100)

    with pytest.raises(IntegrityError, match="form_one_in_preparation"), transaction.atomic():
        FormVersion.objects.create(call=call, number=9, definition={})


def test_second_manager_on_one_question_is_told_and_nothing_is_lost(call):
    before = seen(call, "aids")
    change(call, label="Quelles aides ?")

    values = {**stored(call, "aids"), "label": "Aides publiques"}
    other = make_staff(call.programme, Role.MANAGER)
    clash = operations.save_question(call, "aids", "projet", values, seen=before, actor=other)

    assert isinstance(clash, Clash)
    assert (clash.theirs["label"], clash.by) == ("Quelles aides ?", str(call.manager))
    assert stored(call, "aids")["label"] == "Quelles aides ?"


def test_two_managers_on_two_questions_both_pass(call):
    before = seen(call, "cost")
    change(call, label="Quelles aides ?")

    values = {**stored(call, "cost"), "label": "Coût total"}
    operations.save_question(call, "cost", "budget", values, seen=before, actor=call.manager)

    assert stored(call, "aids")["label"] == "Quelles aides ?"
    assert stored(call, "cost")["label"] == "Coût total"


def test_new_question_gets_a_key_that_was_never_used(call):
    operations.remove(call, "aids", seen=seen(call, "aids"), actor=call.manager)
    new = {"kind": "short_text", "label": "Aids"}

    key = operations.save_question(call, "", "budget", new, seen="", actor=call.manager)

    assert key == "aids_2"
    assert keys(call) == {"projet": ["title", "aided"], "budget": ["cost", "aids_2"]}


def test_kind_never_changes(call):
    with pytest.raises(Refused, match="ne change pas"):
        change(call, kind="money")


def test_questions_move_within_and_between_sections(call):
    move(call, "aids", "up")
    assert keys(call)["projet"] == ["title", "aids", "aided"]

    move(call, "aided", "down")
    assert keys(call) == {"projet": ["title", "aids"], "budget": ["aided", "cost"]}

    move(call, "aided", "up")
    assert keys(call) == {"projet": ["title", "aids", "aided"], "budget": ["cost"]}


def test_moving_past_an_end_changes_nothing(call):
    move(call, "title", "up")
    move(call, "cost", "down")
    move(call, "budget", "down")

    assert keys(call) == {"projet": ["title", "aided", "aids"], "budget": ["cost"]}


def test_section_moves(call):
    move(call, "budget", "up")

    assert list(keys(call)) == ["budget", "projet"]


def test_question_never_moves_before_what_its_condition_looks_at(call):
    condition = {"all": [{"question": "aided", "is": "equals", "value": True}]}
    change(call, condition=condition)

    with pytest.raises(Refused, match="placée après"):
        move(call, "aids", "up")
    assert keys(call)["projet"] == ["title", "aided", "aids"]


def test_question_a_condition_looks_at_is_not_removed(call):
    change(call, condition={"all": [{"question": "aided", "is": "given"}]})

    with pytest.raises(Refused, match="Lesquelles"):
        operations.remove(call, "aided", seen=seen(call, "aided"), actor=call.manager)


def test_question_that_feeds_the_lists_is_not_removed(call):
    for key in ("title", "projet"):
        with pytest.raises(Refused, match="listes"):
            operations.remove(call, key, seen=seen(call, key), actor=call.manager)


def test_published_question_is_retired_and_comes_back(call):
    operations.remove(call, "aids", seen=seen(call, "aids"), actor=call.manager)
    assert [one["key"] for one in newest(call).definition["retired"]] == ["aids"]

    operations.restore(call, "aids", actor=call.manager)
    assert keys(call)["projet"] == ["title", "aided", "aids"]
    assert newest(call).definition["retired"] == []


def test_question_never_published_is_deleted(call):
    new = {"kind": "short_text", "label": "Slogan"}
    key = operations.save_question(call, "", "budget", new, seen="", actor=call.manager)

    operations.remove(call, key, seen=seen(call, key), actor=call.manager)

    assert newest(call).definition.get("retired", []) == []


def test_what_changed_since_it_was_seen_is_not_removed(call):
    before = seen(call, "aids")
    change(call, words=100)

    clash = operations.remove(call, "aids", seen=before, actor=call.manager)

    assert isinstance(clash, Clash)
    assert keys(call)["projet"] == ["title", "aided", "aids"]


def test_only_its_managers_change_the_form_and_only_until_evaluation(call):
    officer = make_staff(call.programme, Role.OFFICER)
    closed = make_scene(state=CallState.REVIEWING)

    for found, actor in ((call, officer), (closed, closed.manager)):
        with pytest.raises(PermissionDenied):
            operations.move(found, "aids", "up", actor=actor)
    move(call, "aids", "up")


def test_revision_changed_since_it_was_read_is_not_published(call):
    change(call, words=100)
    before = digest(call.forms.get(published_at=None).definition)
    change(call, words=50)

    with pytest.raises(Refused, match="vient de changer"):
        publish(call, seen=before)


def test_nothing_changed_is_nothing_to_publish(call):
    change(call, words=100)
    change(call, words=200)

    with pytest.raises(Refused, match="Rien"):
        publish(call)


def test_discarded_revision_leaves_the_published_form(call):
    change(call, words=100)

    operations.discard_revision(call, actor=call.manager)

    assert [form.number for form in call.forms.all()] == [1]
    with pytest.raises(Refused, match="Aucune modification"):
        operations.discard_revision(call, actor=call.manager)


def test_clone_takes_form_criteria_checklist_and_programme(call):
    for rank, key in enumerate(["kbis", "siret"]):
        CheckLine.objects.create(
            call=call, key=key, label=key.title(), guide="À voir", rules=[key], rank=rank
        )
    change(call, words=100)
    publish(call)
    operations.remove(call, "aids", seen=seen(call, "aids"), actor=call.manager)
    publish(call)
    later = timedelta(days=365)
    values = {
        "code": "SUITE", "title": "Suite", "year": call.year + 1,
        "opens_at": call.opens_at + later, "closes_at": call.closes_at + later,
        "reviews_due_at": call.reviews_due_at + later, "committee_on": call.committee_on + later,
        "decision_on": call.decision_on + later, "reserve_until": call.reserve_until + later,
    }  # fmt: skip

    clone = operations.clone_call(call, actor=call.manager, **values)

    assert (clone.state, clone.programme) == (CallState.DRAFT, call.programme)
    assert [c.key for c in clone.criteria.all()] == [c.key for c in call.criteria.all()]
    assert list(CheckLine.objects.filter(call=clone).values_list("label", "guide", "rules")) == [
        ("Kbis", "À voir", ["kbis"]), ("Siret", "À voir", ["siret"]),
    ]  # fmt: skip
    assert CheckLine.objects.filter(call=call).count() == 2
    form = clone.forms.get()
    assert (form.number, form.published_at is not None) == (1, True)
    assert form.definition["sections"] == newest(call).definition["sections"]
    assert "retired" not in form.definition
    with pytest.raises(Refused, match="déjà pris"):
        operations.clone_call(call, actor=call.manager, **values)


def test_published_version_is_frozen_by_the_database(call):
    change(call, words=100)
    form = publish(call, at=timezone.now())

    with pytest.raises(Exception, match="published_form_frozen"), transaction.atomic():
        FormVersion.objects.filter(pk=form.pk).update(number=7)
