"""What the demonstration shows officers that they should notice, in a world of the usual size."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from grants.dossiers.models import Dossier
from grants.dossiers.records import Attempt
from grants.programmes.models import Call
from grants.resemblance.finding import resembling
from reviews.demonstration import oddities, stock, world

pytestmark = pytest.mark.django_db
NEAR = 65  # in a hundred; the other projects of the call share less than 55
SIZE = world.Size(reviewed=2, decided=2, upcoming=2)


@pytest.fixture(scope="module")
def following(django_db_setup, django_db_blocker, tmp_path_factory):
    """The open call of a small world, which stands for all tests of this file."""
    folder = {"location": str(tmp_path_factory.mktemp("media"))}
    backend = "django.core.files.storage.FileSystemStorage"
    quick = {
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
        "STORAGES": {"default": {"BACKEND": backend, "OPTIONS": folder}},
    }
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(**quick):
            world.build(7, SIZE)
            yield Call.objects.filter(code__startswith="SID").order_by("opens_at").last()
        transaction.set_rollback(True)


def test_one_filing_was_refused_for_what_it_lacks_and_one_for_its_hour(following):
    attempts = Attempt.objects.filter(dossier__call=following).order_by("kind")

    assert [attempt.kind for attempt in attempts] == ["incomplete", "late"]
    incomplete, late = attempts
    assert incomplete.dossier.state == "draft"
    assert len(incomplete.questions) > 5
    assert late.dossier.state == "incomplete"
    assert late.at == late.dossier.reopened_until + timedelta(hours=oddities.HOURS_LATE)
    assert "Le délai est passé" in late.told


def test_every_refusal_lies_in_the_past_and_in_its_call(following):
    for attempt in Attempt.objects.filter(dossier__call=following):
        assert attempt.dossier.created_at < attempt.at < timezone.now()


def test_one_project_is_told_twice_by_two_companies_of_a_group(following):
    first = following.dossiers.get(number=1)

    closest = resembling(first, calls=[following.pk])[0]

    group, text = sorted(closest.signs, key=lambda sign: sign.is_text)
    assert "Même groupe" in group.words
    assert text.is_text
    assert text.score >= NEAR
    assert closest.dossier.organisation != first.organisation


def test_nothing_else_in_the_call_is_that_close(following):
    received = Dossier.objects.filter(call=following, submitted_at__isnull=False)
    pairs = [
        {one.pk, other.dossier.pk}
        for one in received
        for other in resembling(one, calls=[following.pk])
        if other.score >= NEAR
    ]

    assert len(pairs) == 2
    assert pairs[0] == pairs[1]


def test_a_world_of_one_project_has_no_twin():
    [alone] = stock.upcoming()[:1]

    assert oddities.with_a_twin([alone]) == [alone]
