"""A conflict of interest closes a dossier at the next request, wherever its reader could go.

Whatever the policy opens to the assigned reviewer is asked twice: before, and with a conflict. Then
the answer is the one a reviewer who was never assigned gets, and no page names the dossier.
"""

from importlib import import_module

import pytest
from django.urls import reverse

from accounts.notifications.models import Notification
from accounts.people.models import User
from reviews.assignments.models import Assignment
from reviews.assignments.operations import declare_interest
from reviews.conflicts.operations import confirm, lift, look_at_call
from reviews.links.models import DetectedLink
from tests.access.test_matrix import ROWS, answer
from tests.access.visits import stages

pytestmark = pytest.mark.django_db

SHUT = {"404", "403", "401", "login"}
OWN = [
    (feature, row)
    for feature, row in ROWS
    if row["reviewer"] not in SHUT and row["reviewer"] != row["other_reviewer"]
]


def scene(feature, row):
    module = import_module(f"tests.access.scenes.{feature}")
    cast, args, fields = module.SCENES[row["address"]](row["state"])
    return cast, reverse(row["address"], args=args), fields


def declare(cast):
    declare_interest(cast.expert, cast.dossier, kind="family", text="Cousin.", actor=cast.officer)


def detect(cast):
    cast.expert.siren = cast.dossier.organisation.siren
    cast.expert.save()
    look_at_call(cast.call, actor=User.objects.system())


def settle(cast):
    detect(cast)
    link = DetectedLink.objects.get(expert=cast.expert, dossier=cast.dossier)
    confirm(link, reason="Salariée.", actor=cast.officer)


def test_the_policy_opens_addresses_to_the_assigned_reviewer():
    assert len(OWN) >= 12


# Once a dossier is decided the data are not compared any more: only a declared link closes it.
CLOSED = [
    pytest.param(stage, conflict, id=f"{stage} {conflict.__name__}")
    for stage in stages(OWN)
    for conflict in ([declare] if stage.state == "closed" else [declare, detect, settle])
]


@pytest.mark.parametrize(("stage", "conflict"), CLOSED)
def test_a_conflict_closes_what_the_assignment_opened(stage, conflict, client):
    cast, url_of, fields = stage.built()
    before = answers(client, stage, cast, url_of, fields)

    conflict(cast)

    assert before == expected(stage, "reviewer")
    assert answers(client, stage, cast, url_of, fields) == expected(stage, "other_reviewer")


def answers(client, stage, cast, url_of, fields):
    """What the reviewer is answered wherever the policy lets an assigned one in."""
    return {
        (row["method"], row["address"]): answer(
            client, row["method"], url_of(row["address"]), fields, cast, "reviewer"
        )
        for row in stage.rows
    }


def expected(stage, role):
    return {where: said[role] for where, said in stage.expected([role]).items()}


def told_before(cast):
    """What names this dossier, in the messages this reviewer has had and on its pages."""
    dossier = cast.dossier
    dossier.title = "Chaleur des serveurs"
    dossier.save(update_fields=["title"])
    Notification.objects.create(
        recipient=cast.reviewer,
        kind="review_assigned",
        subject="1 dossier à évaluer",
        body=f"Un dossier :\n- {dossier.reference} — {dossier.title}",
        link=reverse("evaluations:desk"),
    )
    return [dossier.reference, dossier.title, dossier.organisation.name]


@pytest.mark.parametrize("name", ["notifications:inbox", "evaluations:desk"])
@pytest.mark.parametrize("conflict", [declare, detect, settle], ids=["declared", "seen", "settled"])
def test_inbox_and_desk_forget_the_dossier(name, conflict, client):
    cast, _url, _fields = scene(
        "evaluations", {"address": "evaluations:evaluate", "state": "draft"}
    )
    secrets = told_before(cast)
    client.force_login(cast.reviewer)
    before = client.get(reverse(name)).content.decode()
    assert secrets[1] in before

    conflict(cast)

    shown = client.get(reverse(name)).content.decode()
    assert [secret for secret in secrets if secret in shown] == []


def test_links_of_earlier_messages_lead_nowhere(client):
    cast, url, _fields = scene("evaluations", {"address": "evaluations:evaluate", "state": "draft"})
    mail = Notification.objects.create(
        recipient=cast.reviewer, kind="x", subject=f"Rouvert : {cast.dossier}", body="…", link=url
    )
    client.force_login(cast.reviewer)

    declare(cast)
    answer = client.post(reverse("notifications:open", args=[mail.pk]))

    assert answer["Location"] == reverse("notifications:inbox")
    assert client.get(url).status_code == 404


def test_a_link_lifted_opens_what_it_had_closed(client):
    cast, url, _fields = scene("evaluations", {"address": "evaluations:evaluate", "state": "draft"})
    client.force_login(cast.reviewer)
    detect(cast)
    assert client.get(url).status_code == 404

    lift(DetectedLink.objects.get(), reason="Homonyme.", actor=cast.officer)

    assert client.get(url).status_code == 200
    assert Assignment.objects.active().filter(expert=cast.expert).count() == 1
