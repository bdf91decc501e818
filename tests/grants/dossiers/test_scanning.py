from datetime import timedelta
from io import BytesIO

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.notifications.models import Notification
from grants.dossiers import operations
from grants.dossiers.antivirus import ScannerAway, signature_in
from grants.dossiers.arrivals import Scan
from grants.dossiers.models import Document
from grants.dossiers.tasks import scan, scan_waiting
from grants.programmes.states import Role
from tests.factories import join, make_staff, make_user
from tests.grants.dossiers.clamd_double import EICAR, running
from tests.grants.dossiers.complete import PDF, make_draft, make_ready, upload

pytestmark = pytest.mark.django_db
INFECTED = PDF + EICAR


@pytest.fixture
def clamd(settings):
    with running() as double:
        settings.CLAMD_ADDRESS = double.address
        yield double


def attached(dossier, content=PDF):
    return operations.attach(dossier, "kbis", upload(content=content), actor=dossier.author)


def outcome(document):
    return Scan.objects.get(document=document).outcome


def opened(client, user, document, view="document"):
    client.force_login(user)
    place = reverse(f"dossiers:{view}", args=[document.dossier_id, document.pk])
    response = client.get(place)
    if response.streaming:
        b"".join(response.streaming_content)
    return response.status_code


def colleague_of(dossier):
    user = make_user()
    join(user, dossier.organisation)
    return user


def test_the_whole_file_is_sent_and_the_answer_read(clamd):
    large = PDF + bytes(range(256)) * 1000

    assert signature_in(BytesIO(large), address=clamd.address) == ""
    assert signature_in(BytesIO(INFECTED), address=clamd.address) == "Eicar-Test"
    assert clamd.received == [large, INFECTED]


@pytest.mark.parametrize(
    "says",
    [
        b"", b"\0", b"OK\0", b"stream: \0", b"stream: OK and more\0", b"\xff\xfe\0", b"x" * 9000,
        b"INSTREAM size limit exceeded. ERROR\0", b"stream: FOUND\0",
    ],
)  # fmt: skip
def test_anything_but_a_clear_answer_is_no_answer(clamd, says):
    clamd.says = says

    with pytest.raises(ScannerAway):
        signature_in(BytesIO(PDF), address=clamd.address)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "unix:///nowhere.sock", "127.0.0.1:9"])
def test_a_scanner_that_is_down_is_no_answer(address):
    with pytest.raises(ScannerAway):
        signature_in(BytesIO(PDF), address=address)


def test_a_file_waits_then_is_clean_and_served_to_the_colleagues(client, clamd):
    dossier = make_draft()
    document = attached(dossier)
    colleague = colleague_of(dossier)
    before = opened(client, colleague, document)

    scan(document.pk)
    scan(document.pk)

    assert (before, outcome(document)) == (403, "clean")
    assert opened(client, colleague, document) == 200
    assert len(clamd.received) == 1


@pytest.mark.parametrize("view", ["document", "preview"])
def test_scanner_down_the_file_is_its_author_s_alone(client, settings, view):
    settings.CLAMD_ADDRESS = "tcp://127.0.0.1:9"
    dossier = make_draft()
    document = attached(dossier)

    scan(document.pk)

    assert outcome(document) == "pending"
    assert opened(client, dossier.author, document, view) == 200
    assert opened(client, colleague_of(dossier), document, view) == 403


def test_scanner_down_one_still_submits_and_the_officer_waits(client, settings):
    settings.CLAMD_ADDRESS = "tcp://127.0.0.1:9"
    dossier = make_ready()
    document = dossier.documents.first()
    operations.submit(dossier, actor=dossier.author)
    officer = make_staff(dossier.call.programme, Role.OFFICER)

    assert opened(client, officer, document) == 403
    settings.CLAMD_ADDRESS = ""
    assert opened(client, officer, document) == 200


def test_a_file_handed_in_before_its_scan_is_scanned_afterwards(client, clamd):
    dossier = make_ready()
    document = dossier.documents.first()
    operations.submit(dossier, actor=dossier.author)

    scan_waiting()

    assert outcome(document) == "clean"


def test_an_infected_file_leaves_the_dossier_and_is_nobody_s(client, clamd):
    dossier = make_draft()
    document = attached(dossier, INFECTED)

    scan(document.pk)
    scan(document.pk)

    assert outcome(document) == "infected"
    assert list(dossier.documents.current()) == []
    assert opened(client, dossier.author, document) == 403
    told = Notification.objects.filter(kind="file_infected").get()
    assert told.recipient == dossier.author
    assert "Joignez une version saine" in told.body


def test_infected_after_submission_it_stays_named_and_the_officer_is_told(client, clamd):
    dossier = make_ready()
    document = dossier.documents.first()
    operations.submit(dossier, actor=dossier.author)
    officer = make_staff(dossier.call.programme, Role.OFFICER)
    clamd.says = b"stream: Win.Test FOUND\0"

    scan(document.pk)

    document.refresh_from_db()
    assert document.removed_at is None
    assert opened(client, officer, document) == 403
    told = Notification.objects.filter(kind="file_infected").values_list("recipient", flat=True)
    assert set(told) == {dossier.author.pk, officer.pk}


def test_a_scanner_that_stays_away_is_asked_less_and_less(settings):
    settings.CLAMD_ADDRESS = "tcp://127.0.0.1:9"
    document, now = attached(make_draft()), timezone.now()
    waits = []
    for _n in range(9):
        operations.scan(document.pk, at=now)
        waits.append((Scan.objects.get().next_attempt_at - now).total_seconds())

    assert waits[:3] == [30, 60, 120]
    assert waits[-1] == 3600


def test_the_sweep_takes_each_file_once_and_old_files_too(clamd):
    dossier, now = make_draft(), timezone.now() + timedelta(seconds=1)
    old = attached(dossier)
    Scan.objects.all().delete()

    assert operations.take_to_scan(now) == [old.pk]
    assert operations.take_to_scan(now) == []


def test_without_a_scanner_files_are_served_as_before(client):
    dossier = make_draft()
    document = attached(dossier)

    scan_waiting()

    assert (operations.take_to_scan(timezone.now()), outcome(document)) == ([], "pending")
    assert opened(client, colleague_of(dossier), document) == 200


def test_the_database_knows_no_second_answer(clamd):
    document = attached(make_draft(), INFECTED)
    scan(document.pk)

    for values in ({"outcome": "clean", "signature": ""}, {"outcome": "pending"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Scan.objects.filter(document=document).update(**values)


def test_no_outcome_without_its_time():
    document = attached(make_draft())

    with (
        pytest.raises(IntegrityError, match="scan_outcome_has_its_time_and_reason"),
        transaction.atomic(),
    ):
        Scan.objects.filter(document=document).update(outcome="clean")


def test_a_missing_file_is_not_clean(clamd):
    document = attached(make_draft())
    Document.objects.filter(pk=document.pk).update(file="dossiers/rien.pdf")

    scan(document.pk)

    assert outcome(document) == "pending"
