import logging
from datetime import timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accounts.notifications.broker import broker
from grants.core.flow import lock, write
from grants.dossiers import messages
from grants.dossiers.antivirus import ScannerAway, signature_in
from grants.dossiers.arrivals import Scan
from grants.dossiers.models import Document
from grants.dossiers.operations.signing import standing, tell_void
from grants.dossiers.states import EDITABLE

log = logging.getLogger(__name__)

SCAN = "grants.dossiers.tasks.scan"
SWEEP = 50
TAKEN_FOR = timedelta(minutes=10)
RETRY, RETRY_AT_MOST = timedelta(seconds=30), timedelta(hours=1)


def ask_for_scan(document, *, at):
    """Every file has its scan from its first day; without a scanner it waits for one."""
    document.scan = Scan.objects.create(document=document, next_attempt_at=at)
    if settings.CLAMD_ADDRESS:
        transaction.on_commit(lambda: broker.hand_over(SCAN, document.pk))


def take_to_scan(at):
    """The files to scan now, those that came before any scanner included."""
    if not settings.CLAMD_ADDRESS:
        return []
    with transaction.atomic():
        missing = Document.objects.filter(scan=None).order_by("pk")[:SWEEP]
        Scan.objects.bulk_create(
            [Scan(document=document, next_attempt_at=at) for document in missing],
            ignore_conflicts=True,
        )
        due = Scan.objects.waiting(at).select_for_update(skip_locked=True)
        taken = list(due.values_list("document_id", flat=True)[:SWEEP])
        Scan.objects.filter(document__in=taken).update(next_attempt_at=at + TAKEN_FOR)
    return taken


def scan(document_id, *, at=None):
    """Have one file scanned and act on the answer; run twice, it finds the answer and stops."""
    at = at or timezone.now()
    waiting = Scan.objects.filter(document=document_id, outcome=Scan.Outcome.PENDING)
    found = waiting.select_related("document").first()
    if found is None or not settings.CLAMD_ADDRESS:
        return
    try:
        with default_storage.open(found.document.file.name) as content:
            signature = signature_in(content, address=settings.CLAMD_ADDRESS)
    except (ScannerAway, OSError) as error:
        log.warning("document %s not scanned: %s", document_id, error)
        postpone(found.pk, at)
    else:
        conclude(found.pk, signature, at)


@transaction.atomic
def conclude(scan_id, signature, at):
    """Write the answer once; what is infected leaves the dossier as long as it can still change."""
    found = held(scan_id)
    if found is None:
        return
    outcome = Scan.Outcome.INFECTED if signature else Scan.Outcome.CLEAN
    write(found, outcome=outcome, signature=signature, checked_at=at, next_attempt_at=None)
    if signature:
        set_aside(found.document, at)


def set_aside(document, at):
    dossier = document.dossier
    lock(dossier)
    if dossier.state in EDITABLE and document.removed_at is None:
        agreed = standing(dossier)
        write(document, removed_at=at)
        tell_void(dossier, agreed, document.uploaded_by)
    log.warning("document %s infected: %s", document.pk, document.scan.signature)
    messages.infected(dossier, document)


@transaction.atomic
def postpone(scan_id, at):
    """Wait longer after each failure; a file that waits is served to nobody but its author."""
    found = held(scan_id)
    if found is not None:
        wait = min(RETRY * 2 ** min(found.attempts, 8), RETRY_AT_MOST)
        write(found, attempts=min(found.attempts + 1, 1000), next_attempt_at=at + wait)


def held(scan_id):
    rows = Scan.objects.select_for_update(of=["self"]).select_related("document__dossier")
    return rows.filter(pk=scan_id, outcome=Scan.Outcome.PENDING).first()
