import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.access import Refused
from accounts.notifications.models import Letter, Notification
from accounts.people.models import User
from grants.programmes.states import Role
from reviews.assignments.models import Assignment
from reviews.assignments.operations import declare_interest
from reviews.conflicts import operations, tasks
from reviews.evaluations.models import Evaluation
from reviews.evaluations.operations import add_reader
from reviews.experts.background import Tie
from reviews.experts.models import Interest
from reviews.links.models import DetectedLink
from tests.factories import join, make_assignment, make_dossier, make_expert, make_staff
from tests.reviews.conflicts.scene import Reading, hand_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def reading():
    return Reading()


def test_nothing_linked_nothing_found(reading):
    assert reading.look() == []
    assert not DetectedLink.objects.exists()
    assert not Notification.objects.exists()


def test_a_link_found_closes_the_reading_and_keeps_its_evidence(reading):
    reading.bind()

    [link] = reading.look()

    reading.assignment.refresh_from_db()
    assert (link.state, link.kind, link.score, link.was_cleared) == ("open", "employment", 1, True)
    assert [row["kind"] for row in link.evidence] == ["siren"]
    assert reading.assignment.state == "recused"
    assert [step.step for step in reading.assignment.history.all()] == ["set_aside"]
    interest = Interest.objects.get(expert=reading.expert, dossier=reading.dossier)
    assert (interest.is_conflict, interest.origin) == (True, Interest.Origin.DETECTED)


def test_looking_twice_says_nothing_more(reading):
    reading.bind()
    reading.look()
    told = Notification.objects.count()

    assert reading.look() == []
    assert (DetectedLink.objects.count(), Notification.objects.count()) == (1, told)


def test_officers_and_reader_are_told_each_what_is_theirs(reading):
    reading.bind()

    reading.look()

    to_officer = Notification.objects.filter(recipient=reading.officer)
    [to_reader] = Notification.objects.filter(recipient=reading.expert.user)
    assert {one.kind for one in to_officer} == {"link_interrupts_review", "links_found"}
    assert to_reader.kind == "review_set_aside"
    assert reading.dossier.reference not in to_reader.subject + to_reader.body


def test_a_lifted_link_gives_the_word_and_the_reading_back(reading):
    reading.bind()
    reading.look()

    resumed = operations.lift(reading.link, reason="Homonyme.", actor=reading.officer)

    assert resumed == reading.assignment
    assert list(Assignment.objects.active()) == [reading.assignment]
    interest = Interest.objects.get()
    assert (interest.kind, interest.declared_by) == ("none", reading.expert.user)
    assert Evaluation.objects.written_by(reading.expert.user).get() == reading.evaluation
    link = reading.link
    assert (link.state, link.settled_by, link.settled_because) == (
        "lifted", reading.officer, "Homonyme.",
    )  # fmt: skip


def test_a_lifted_link_is_not_found_again_on_the_same_signs(reading):
    reading.bind()
    reading.look()
    operations.lift(reading.link, reason="Ancien SIREN.", actor=reading.officer)

    assert reading.look() == []
    assert reading.link.state == "lifted"


def test_a_new_sign_brings_a_lifted_link_back(reading):
    reading.bind()
    reading.look()
    operations.lift(reading.link, reason="Ancien SIREN.", actor=reading.officer)
    join(reading.expert.user, reading.dossier.organisation)

    [link] = reading.look()

    assert (link.state, link.settled_by, link.settled_because) == ("open", None, "")
    assert {row["kind"] for row in link.evidence} >= {"account", "siren"}
    assert not Assignment.objects.active().exists()


def test_a_confirmed_link_stays_and_its_reader_is_told(reading):
    reading.bind()
    reading.look()

    operations.confirm(reading.link, reason="Conseil rémunéré.", actor=reading.officer)

    assert reading.link.state == "confirmed"
    assert not Assignment.objects.active().exists()
    assert Interest.objects.get().is_conflict
    assert Notification.objects.filter(
        recipient=reading.expert.user, kind="link_confirmed"
    ).exists()
    assert reading.look() == []


def test_a_link_lifted_by_mistake_is_confirmed_later_and_closes_again(reading):
    reading.bind()
    reading.look()
    operations.lift(reading.link, reason="Erreur.", actor=reading.officer)

    operations.confirm(reading.link, reason="Vérifié : salariée.", actor=reading.officer)

    assert not Assignment.objects.active().exists()
    assert Interest.objects.get().is_conflict
    assert [step.step for step in reading.link.history.all()] == ["lift", "confirm"]


def test_what_is_newly_seen_is_added_to_a_link_to_settle(reading):
    reading.bind()
    reading.look()
    Tie.objects.create(
        expert=reading.expert, kind="mandate", name="X", siren=reading.dossier.organisation.siren
    )

    reading.look()

    assert {row["kind"] for row in reading.link.evidence} == {"siren", "mandate"}


def test_a_reading_whose_place_is_taken_is_not_taken_up_again(reading):
    reading.bind()
    reading.look()
    for _ in range(2):
        make_assignment(dossier=reading.dossier)

    assert operations.lift(reading.link, reason="Homonyme.", actor=reading.officer) is None
    assert Assignment.objects.active().count() == 2


def test_lifting_does_not_undo_what_an_expert_declared_meanwhile(reading):
    reading.bind()
    reading.look()
    declare_interest(
        reading.expert, reading.dossier, kind="family", text="Cousin.", actor=reading.officer
    )

    assert operations.lift(reading.link, reason="Homonyme.", actor=reading.officer) is None
    assert Interest.objects.get().kind == "family"
    assert not Assignment.objects.active().exists()


def test_a_declared_conflict_needs_no_detection(reading):
    reading.bind()
    declare_interest(
        reading.expert, reading.dossier, kind="family", text="Cousin.", actor=reading.officer
    )

    assert reading.look() == []
    assert not DetectedLink.objects.exists()


@pytest.mark.parametrize("act", [operations.confirm, operations.lift])
@pytest.mark.parametrize("role", [Role.FINANCE, Role.AUDITOR])
def test_only_those_who_run_the_call_settle(reading, act, role):
    reading.bind()
    reading.look()

    with pytest.raises(PermissionDenied):
        act(reading.link, reason="…", actor=make_staff(reading.call.programme, role))


def test_nobody_settles_a_link_of_their_own(reading):
    reading.expert.user.duties.create(programme=reading.call.programme, role=Role.OFFICER)
    reading.bind()
    reading.look()

    with pytest.raises(Refused, match="vous concerne"):
        operations.lift(reading.link, reason="Rien.", actor=reading.expert.user)


def test_adding_a_reader_by_hand_looks_first(reading):
    linked = make_expert(reading.call)
    linked.siren = reading.dossier.organisation.siren
    linked.save()

    with pytest.raises(Refused, match=r"lien repéré.*SIREN"):
        add_reader(reading.dossier, linked, actor=reading.officer)

    assert not Assignment.objects.filter(expert=linked).exists()


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ({"related_companies": [{"name": "Mère", "siret": "80000005100011"}]}, "group"),
        ({"team": [{"name": "FABRE Claire", "role": "Associée"}]}, "person"),
        ({"financing": [{"source": "LABORATOIRE  du Canal"}]}, "named"),
        ({"laboratory": "Une convention nous lie au LAAS depuis 2024."}, "laboratory"),
    ],
)
def test_a_completion_that_names_the_expert_is_noticed(reading, answers, kind):
    reading.look()
    reading.expert.siren = "800000051"
    reading.expert.organisation = "Laboratoire du Canal"
    reading.expert.laboratory = "LAAS"
    reading.expert.save()
    reading.expert.user.full_name = "Claire Fabre"
    reading.expert.user.save()
    assert operations.due_calls() == []
    hand_in(reading.dossier, answers)

    assert operations.due_calls() == [reading.call.pk]
    tasks.look_where_due()

    assert [row["kind"] for row in reading.link.evidence] == [kind]
    assert operations.due_calls() == []


def test_an_expert_whose_profile_changed_is_looked_at_once(reading):
    reading.bind()
    reading.expert.links_due_at = timezone.now()
    reading.expert.save()

    tasks.look_at_expert(reading.expert.pk)
    tasks.look_at_expert(reading.expert.pk)

    reading.expert.refresh_from_db()
    assert reading.expert.links_due_at is None
    assert DetectedLink.objects.count() == 1


def test_a_lost_message_is_found_by_the_sweep(reading):
    reading.look()
    reading.bind()
    reading.expert.links_due_at = timezone.now()
    reading.expert.save()

    tasks.look_where_due()

    assert reading.link.state == "open"


def test_a_draft_and_a_finished_dossier_are_left_alone(reading):
    for state in ("draft", "inadmissible"):
        dossier = make_dossier(call=reading.call, state=state)
        join(reading.expert.user, dossier.organisation)

    assert reading.look() == []


def test_messages_about_a_closed_dossier_lose_what_they_said(reading):
    user = reading.expert.user
    named = f"- {reading.dossier.reference} — Tuiles solaires"
    kept = Notification.objects.create(
        recipient=user, kind="x", subject="2 dossiers", body=f"Voici :\n{named}\n- AP9-2 — Autre"
    )
    about = Notification.objects.create(
        recipient=user, kind="x", subject=f"Rouvert : {reading.dossier}", body="…", link="/x/"
    )
    Letter.objects.create(notification=about, address=user.email, subject="s", text=named)
    other = Notification.objects.create(
        recipient=reading.officer, kind="x", subject=str(reading.dossier), body="…"
    )
    reading.bind()

    reading.look()

    kept.refresh_from_db()
    about.refresh_from_db()
    other.refresh_from_db()
    assert kept.body == "Voici :\n- AP9-2 — Autre"
    assert (about.subject, about.link) == ("Message retiré", "")
    assert reading.dossier.reference not in about.letter.text + about.letter.html
    assert other.subject == str(reading.dossier)


def test_the_platform_acts_and_no_one_else_without_a_duty(reading):
    with pytest.raises(PermissionDenied):
        operations.look_at_call(reading.call, actor=reading.expert.user)

    assert User.objects.system().is_system
