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
from grants.dossiers.arrivals import RefusedUpload
from grants.dossiers.forms_of import definition_of
from grants.dossiers.holding import hold_for_writing
from grants.dossiers.models import Document
from grants.dossiers.operations.scanning import ask_for_scan
from grants.dossiers.operations.signing import standing, tell_void

log = logging.getLogger(__name__)

MOST_FILES = 40
# Earlier versions and removed files count here: a dossier is no store.
MOST_EVER = 400


def attach(dossier, key, upload, *, actor, replaces=None, at=None):
    """Keep a file with the dossier, under a name of ours; what it is comes from its content.

    The bytes are stored before the row, so that no row is ever without its file. `replaces` is the
    file this one takes the place of; it stays among the earlier versions.
    """
    at = at or timezone.now()
    require(may.applicant, actor, dossier)
    try:
        return keep(dossier, key, upload, actor=actor, replaces=replaces, at=at)
    except Refused as refusal:
        note_refused(dossier, key, upload, str(refusal), actor=actor, at=at)
        raise


def note_refused(dossier, key, upload, reason, *, actor, at):
    """A limit nobody can prove is a limit nobody may hold against somebody."""
    log.warning(
        "file refused: dossier %s, question %s, user %s, %s bytes: %s",
        dossier.pk, key, actor.pk, upload.size, reason,
    )  # fmt: skip
    RefusedUpload.objects.create(
        dossier=dossier, key=key[:60], name=uploads.plain_name(upload.name), size=upload.size or 0,
        reason=reason[:400], refused_at=at, sent_by=actor,
    )  # fmt: skip


def keep(dossier, key, upload, *, actor, replaces, at):
    try:
        kind = uploads.recognise(upload)
    except ValueError as error:
        raise Refused(str(error)) from error
    name = uploads.clean_name(upload.name, kind.ending)
    place = f"dossiers/{dossier.pk}/{uuid.uuid4().hex}.{kind.ending}"
    digest = digest_of(upload)
    place = default_storage.save(place, upload)
    try:
        return record(
            dossier, key, actor=actor, at=at, replaces=replaces,
            name=name, kind=kind.mime, size=upload.size, sha256=digest, file=place,
        )  # fmt: skip
    except BaseException:
        default_storage.delete(place)
        raise


@transaction.atomic
def record(dossier, key, *, actor, at, replaces, **columns):
    hold_for_writing(dossier, actor=actor, at=at)
    question = fillable(dossier, key)
    version = 1 if replaces is None else take_the_place_of(dossier, key, replaces, at)
    current = dossier.documents.current()
    if current.filter(key=key).count() >= question.files_most:
        raise Refused(
            _("Cette question reçoit %(n)d fichier au plus : retirez d’abord l’ancien.")
            % {"n": question.files_most}
        )
    if current.count() >= MOST_FILES:
        raise Refused(_("Un dossier contient %(n)d fichiers au plus.") % {"n": MOST_FILES})
    if dossier.documents.count() >= MOST_EVER:
        raise Refused(
            _("Ce dossier a reçu trop de versions : écrivez au service qui suit l’appel.")
        )
    agreed = standing(dossier)
    document = Document.objects.create(
        dossier=dossier, key=key, uploaded_at=at, uploaded_by=actor,
        version=version, replaces_id=replaces, **columns,
    )  # fmt: skip
    tell_void(dossier, agreed, actor)
    ask_for_scan(document, at=at)
    return document


def take_the_place_of(dossier, key, replaces, at):
    """Set the older file aside and give the number of the new one."""
    older = dossier.documents.current().filter(pk=replaces, key=key).first()
    if older is None:
        raise Refused(_("Le fichier à remplacer n’est plus là : rechargez la page."))
    older.removed_at = at
    older.save(update_fields=["removed_at"])
    return older.version + 1


@transaction.atomic
def remove_document(document, *, actor, at=None):
    """Take a file out of the dossier; its bytes stay while an earlier submission names it."""
    at = at or timezone.now()
    hold_for_writing(document.dossier, actor=actor, at=at)
    fillable(document.dossier, document.key)
    if document.removed_at is None:
        agreed = standing(document.dossier)
        document.removed_at = at
        document.save(update_fields=["removed_at"])
        tell_void(document.dossier, agreed, actor)
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
