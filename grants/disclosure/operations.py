import hashlib

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.disclosure import permissions as may
from grants.disclosure.masking import copy_of, copy_pdf, is_decided
from grants.disclosure.models import HandedCopy


@transaction.atomic
def hand_over(dossier, *, recipient, actor):
    """Make the communicable copy of a decided dossier; to whom it went is kept."""
    require(may.HAND_OVER, actor, dossier)
    submission = dossier.submissions.order_by("version").last()
    if submission is None or not is_decided(dossier):
        raise Refused(
            _("Ce dossier n’est pas décidé\u202f: il n’est pas communicable tant qu’il se prépare.")
        )
    copy = copy_of(submission)
    pdf = copy_pdf(copy)
    HandedCopy.objects.create(
        dossier=dossier,
        submission=submission,
        recipient=recipient.strip(),
        masked=sum(copy.masked.values()),
        sha256=hashlib.sha256(pdf).hexdigest(),
        by=actor,
    )
    return pdf
