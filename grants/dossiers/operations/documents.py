import hashlib
import logging
import uuid

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.dossiers import permissions as may
from grants.dossiers import uploads
from grants.dossiers.forms_of import definition_of
from grants.dossiers.holding import hold_for_writing
from grants.dossiers.models import Document

log = logging.getLogger(__name__)

MOST_FILES = 40


def attach(dossier, key, upload, *, actor, at=None):
    """Keep a file with the dossier, under a name of ours; what it is comes from its content.

    The bytes are stored before the row, so that no row is ever without its file.
    """
    at = at or timezone.now()
    require(may.applicant, actor, dossier)
    try:
        kind = uploads.recognise(upload)
    except ValueError as error:
        log.warning(
            "file refused: dossier %s, question %s, user %s, %s bytes: %s",
            dossier.pk, key, actor.pk, upload.size, error,
        )  # fmt: skip
        raise Refused(str(error)) from error
    name = uploads.clean_name(upload.name, kind.ending)
    place = f"dossiers/{dossier.pk}/{uuid.uuid4().hex}.{kind.ending}"
    digest = digest_of(upload)
    place = default_storage.save(place, upload)
    try:
        return record(
            dossier, key, actor=actor, at=at,
            name=name, kind=kind.mime, size=upload.size, sha256=digest, file=place,
        )  # fmt: skip
    except BaseException:
        default_storage.delete(place)
        raise


@transaction.atomic
def record(dossier, key, *, actor, at, **columns):
    hold_for_writing(dossier, actor=actor, at=at)
    question = fillable(dossier, key)
    current = dossier.documents.current()
    if current.filter(key=key).count() >= question.files_most:
        raise Refused(
            _("Cette question reçoit %(n)d fichier au plus : retirez d’abord l’ancien.")
            % {"n": question.files_most}
        )
    if current.count() >= MOST_FILES:
        raise Refused(_("Un dossier contient %(n)d fichiers au plus.") % {"n": MOST_FILES})
    return Document.objects.create(
        dossier=dossier, key=key, uploaded_at=at, uploaded_by=actor, **columns
    )


@transaction.atomic
def remove_document(document, *, actor, at=None):
    """Take a file out of the dossier; its bytes stay while an earlier submission names it."""
    at = at or timezone.now()
    hold_for_writing(document.dossier, actor=actor, at=at)
    fillable(document.dossier, document.key)
    if document.removed_at is None:
        document.removed_at = at
        document.save(update_fields=["removed_at"])
    return document


def fillable(dossier, key):
    definition = definition_of(dossier)
    question = definition.questions.get(key)
    if question is None or question.kind != "file":
        raise Refused(_("Cette pièce n’est pas demandée dans ce formulaire."))
    asked = dossier.open_questions
    if asked is not None and key not in definition.opened_by(asked):
        raise Refused(_("Cette pièce n’est pas parmi celles à reprendre : elle ne change plus."))
    return question


def digest_of(upload):
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()
