"""Two connections at once, on a real database."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from accounts.access import Refused
from accounts.notifications.models import Notification
from grants.dossiers.models import Dossier
from grants.dossiers.operations import begin, remind_of_draft, save_answer, submit
from tests.factories import make_organisation, make_user
from tests.grants.dossiers.complete import make_draft, make_ready, make_standard_call

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts):
    """Start all acts at the same instant, each on its own connection; answers or refusals."""
    gate = Barrier(len(acts))

    def run(act):
        gate.wait()
        try:
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_ten_presses_on_begin_make_one_dossier():
    owner = make_user()
    company = make_organisation(owner=owner)
    call = make_standard_call()

    def press():
        return begin(type(call).objects.get(pk=call.pk), organisation=company, actor=owner).pk

    assert len(set(together(*[press] * 10))) == 1
    assert Dossier.objects.count() == 1


def test_companies_that_begin_together_get_numbers_without_holes():
    call = make_standard_call()
    companies = []
    for _n in range(6):
        owner = make_user()
        companies.append((owner, make_organisation(owner=owner)))

    def press(owner, company):
        fresh = type(call).objects.get(pk=call.pk)
        return lambda: begin(fresh, organisation=company, actor=owner).number

    assert sorted(together(*[press(*pair) for pair in companies])) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("attempt", range(4))
def test_no_answer_changes_after_the_submission(attempt):
    dossier = make_ready()
    author = dossier.author

    def type_on():
        return save_answer(
            Dossier.objects.get(pk=dossier.pk), "title", "Tapé au dernier moment",
            version=1, actor=author,
        )  # fmt: skip

    def hand_in():
        return submit(Dossier.objects.get(pk=dossier.pk), actor=author)

    together(type_on, hand_in)

    submission = dossier.submissions.get()
    assert submission.content["answers"]["title"] == dossier.answers.get(key="title").value
    dossier.refresh_from_db()
    assert dossier.title == dossier.answers.get(key="title").value


def test_five_presses_on_submit_make_one_submission():
    dossier = make_ready()
    author = dossier.author

    answers = together(
        *[lambda: submit(Dossier.objects.get(pk=dossier.pk), actor=author, after=0).pk] * 5
    )

    assert len(set(answers)) == dossier.submissions.count() == 1
    assert Notification.objects.filter(kind="dossier_submitted").count() == 1


def test_two_workers_remind_once():
    dossier = make_draft(call=make_standard_call())
    soon = dossier.call.closes_at - (dossier.call.closes_at - dossier.call.opens_at) / 30

    together(*[lambda: remind_of_draft(Dossier.objects.get(pk=dossier.pk), at=soon)] * 2)

    assert Notification.objects.filter(kind="draft_reminder").count() == 1
