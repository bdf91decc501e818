from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.notifications.models import Notification
from accounts.organisations.models import Membership
from grants.dossiers.models import Dossier
from grants.dossiers.operations import remind_of_draft, submit
from grants.dossiers.tasks import remind_of_drafts
from tests.factories import join, make_user
from tests.grants.dossiers.complete import make_draft, make_ready, make_standard_call

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("left", "days"),
    [
        (timedelta(days=14, seconds=1), None),
        (timedelta(days=14), 14),
        (timedelta(days=7, seconds=1), 14),
        (timedelta(days=7), 7),
        (timedelta(days=1), 1),
        (timedelta(seconds=1), 1),
        (timedelta(0), None),
    ],
)
def test_reminder_says_the_nearest_milestone(left, days):
    dossier = make_draft()

    told = remind_of_draft(dossier, at=dossier.call.closes_at - left)

    assert [n.link.rpartition("#")[2] for n in told] == ([f"j-{days}"] if days else [])


def test_each_milestone_is_told_once_to_those_who_write():
    dossier = make_draft()
    join(make_user(), dossier.organisation, Membership.Role.READER)
    closing = dossier.call.closes_at

    for hours in (330, 320, 160, 150, 20, 10):
        remind_of_draft(dossier, at=closing - timedelta(hours=hours))

    told = Notification.objects.filter(kind="draft_reminder").order_by("pk")
    assert [(n.recipient, n.link.rpartition("#")[2]) for n in told] == [
        (dossier.author, "j-14"), (dossier.author, "j-7"), (dossier.author, "j-1"),
    ]  # fmt: skip


def test_submitted_dossier_is_left_in_peace():
    dossier = make_ready()
    soon = dossier.call.closes_at - timedelta(hours=3)
    submit(dossier, actor=dossier.author)

    assert remind_of_draft(dossier, at=soon) == []


def test_scheduled_work_run_twice_reminds_only_drafts_that_close_soon():
    now = timezone.now()
    soon = make_draft(call=make_standard_call(closes_at=now + timedelta(days=3)))
    make_draft(call=make_standard_call(closes_at=now + timedelta(days=15)))

    remind_of_drafts()
    remind_of_drafts()

    assert list(Dossier.objects.to_remind(now)) == [soon]
    assert Notification.objects.get(kind="draft_reminder").recipient == soon.author
