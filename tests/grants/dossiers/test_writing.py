from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.access import Refused
from accounts.organisations.models import Membership
from grants.dossiers.models import Answer
from grants.dossiers.operations import Clash, Saved, save_answer, save_section, submit
from tests.factories import join, make_user
from tests.grants.dossiers.complete import make_draft, make_ready

pytestmark = pytest.mark.django_db


def save(dossier, key, text, version=0, **more):
    return save_answer(dossier, key, text, version=version, actor=dossier.author, **more)


def test_answer_is_stored_typed_with_its_author_and_version():
    dossier = make_draft()

    saved = save(dossier, "requested", "45 000")

    answer = dossier.answers.get(key="requested")
    assert (saved.version, saved.error) == (1, "")
    assert (answer.value, answer.saved_by) == ("45000.00", dossier.author)


def test_facts_of_the_dossier_follow_its_answers():
    dossier = make_draft()

    save(dossier, "title", "Hydrogène")
    save(dossier, "theme", "sante")
    save(dossier, "stage", "launch")
    save(dossier, "eligible_base", "100 000")
    save(dossier, "requested", "50 000,50")

    dossier.refresh_from_db()
    assert (dossier.title, dossier.theme.key, dossier.stage) == ("Hydrogène", "sante", "launch")
    assert (dossier.eligible_base, dossier.requested) == (Decimal(100_000), Decimal("50000.50"))


def test_wrong_text_is_kept_with_its_error_and_makes_no_fact():
    dossier = make_draft()
    save(dossier, "requested", "45 000")

    saved = save(dossier, "requested", "1e5", 1)

    dossier.refresh_from_db()
    assert saved.error.startswith("Écrivez un montant")
    assert (dossier.requested, dossier.answers.get(key="requested").value) == (None, {"raw": "1e5"})


def test_the_second_author_of_one_field_sees_both_texts():
    dossier = make_draft()
    join(colleague := make_user(full_name="Paul Roux"), dossier.organisation)
    save_answer(dossier, "title", "Le sien", version=0, actor=colleague)

    clash = save(dossier, "title", "Le mien")

    assert isinstance(clash, Clash)
    assert (clash.theirs, clash.version, clash.by) == ("Le sien", 1, "Paul Roux")
    assert dossier.answers.get(key="title").value == "Le sien"
    assert save(dossier, "title", "Le mien", clash.version) == Saved(
        2, dossier.answers.get(key="title").saved_at
    )


def test_different_fields_merge_silently():
    dossier = make_draft()
    join(colleague := make_user(), dossier.organisation)
    save_answer(dossier, "title", "Hydrogène", version=0, actor=colleague)

    saved = save(dossier, "jobs", "8")

    assert (saved.version, dossier.answers.get(key="title").value) == (1, "Hydrogène")


def test_retry_after_a_lost_answer_is_no_clash():
    dossier = make_draft()
    save(dossier, "title", "Hydrogène")

    again = save(dossier, "title", "Hydrogène", 0)

    assert (again.version, Answer.objects.filter(key="title").count()) == (1, 1)


def test_section_saves_what_it_can_and_tells_what_clashes():
    dossier = make_draft()
    save(dossier, "title", "Un autre onglet")

    results = save_section(
        dossier, {"title": "Le mien", "duration_months": "24"}, versions={}, actor=dossier.author
    )

    assert isinstance(results["title"], Clash)
    assert dossier.answers.get(key="duration_months").value == 24


def test_readers_and_strangers_cannot_write():
    dossier = make_draft()
    join(reader := make_user(), dossier.organisation, Membership.Role.READER)

    for person in (reader, make_user()):
        with pytest.raises(PermissionDenied):
            save_answer(dossier, "title", "x", version=0, actor=person)


@pytest.mark.parametrize("key", ["kbis", "password", ""])
def test_only_questions_of_the_form_are_answered(key):
    with pytest.raises(Refused, match="n’existe pas"):
        save(make_draft(), key, "x")


def test_draft_stops_changing_at_the_very_instant_of_closing():
    dossier = make_draft()
    closing = dossier.call.closes_at

    save(dossier, "title", "À temps", at=closing - timedelta(microseconds=1))
    with pytest.raises(Refused, match="heure de Paris"):
        save(dossier, "title", "Trop tard", 1, at=closing)

    assert dossier.answers.get(key="title").value == "À temps"


def test_submitted_dossier_does_not_change():
    dossier = make_ready()
    submit(dossier, actor=dossier.author)

    with pytest.raises(Refused, match="a été déposé"):
        save(dossier, "title", "Autre", 1)
    with pytest.raises(IntegrityError, match="answer_frozen"), transaction.atomic():
        dossier.answers.update(value="forcé")


def test_completion_opens_only_what_was_asked_and_stays_private():
    dossier = reopened(["jobs"])

    saved = save(dossier, "jobs", "12", 1)
    with pytest.raises(Refused, match="pas parmi celles"):
        save(dossier, "title", "Autre", 1)

    assert saved.version == 2


def test_completion_leaves_the_facts_of_the_dossier_alone_until_it_is_sent():
    dossier = reopened(["title"])
    save(dossier, "title", "Nouveau nom", 1)

    dossier.refresh_from_db()
    assert dossier.title == "Hydrogène vert pour l’étang de Thau"
    submit(dossier, actor=dossier.author)
    assert dossier.title == "Nouveau nom"


def reopened(questions, days=5):
    """Submitted, then sent back by screening."""
    dossier = make_ready()
    submission = submit(dossier, actor=dossier.author)
    dossier.state = "incomplete"
    dossier.reopened_until = submission.at + timedelta(days=days)
    dossier.reopened_questions = questions
    dossier.save()
    return dossier


def test_completion_ends_with_its_own_date():
    dossier = reopened([])

    with pytest.raises(Refused, match="Le délai est passé"):
        save(dossier, "jobs", "12", 1, at=dossier.reopened_until)
    save(dossier, "jobs", "12", 1, at=dossier.reopened_until - timedelta(microseconds=1))
