from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from grants.dossiers.content import digest_of
from grants.dossiers.models import Document, Submission
from grants.programmes.states import CallState
from tests.access.cast import Cast

PDF = b"%PDF-1.4\n%%EOF\n"


def no_object(state):
    return Cast(), [], {}


def call(state):
    cast = Cast(call_state=CallState(state))
    return cast, [cast.call.pk], {}


def dossier(state):
    cast = cast_in(state)
    return cast, [cast.dossier.pk], {}


def section(state):
    cast, args, _fields = dossier(state)
    return cast, [*args, "projet"], {"title": "Hydrogène", "version-title": "0"}


def save(state):
    cast, args, _fields = dossier(state)
    return cast, args, {"field": "title", "value": "Hydrogène", "version": "0"}


def attach(state):
    cast, args, _fields = dossier(state)
    return (
        cast,
        args,
        {"key": "accounts", "file": SimpleUploadedFile("comptes.pdf", PDF, "application/pdf")},
    )


def document(state):
    cast = cast_in(state)
    return cast, [cast.dossier.pk, cast.dossier.documents.get().pk], {}


def deposit(state):
    cast, args, _fields = dossier(state)
    return cast, [*args, 1], {}


def answers(state):
    return deposit("submitted") if state == "version" else dossier(state)


def cast_in(state):
    """A dossier with one file, walked to its state as the database wants it."""
    cast = Cast()
    place = default_storage.save("dossiers/comptes.pdf", ContentFile(PDF))
    joined = Document.objects.create(
        dossier=cast.dossier, key="accounts", name="comptes.pdf", kind="application/pdf",
        size=len(PDF), sha256="0" * 64, file=place, uploaded_by=cast.applicant,
    )  # fmt: skip
    if state != "draft":
        hand_in(cast, joined)
    if state == "incomplete":
        cast.dossier.state = "incomplete"
        cast.dossier.reopened_until = timezone.now() + timedelta(days=5)
        cast.dossier.save()
    return cast


def hand_in(cast, joined):
    now = timezone.now()
    told = {"id": joined.pk, "key": "accounts", "name": joined.name, "size": joined.size}
    content = {
        "reference": cast.dossier.reference,
        "organisation": {"siret": cast.organisation.siret, "name": cast.organisation.name},
        "answers": {},
        "documents": [{**told, "sha256": joined.sha256}],
    }
    Submission.objects.create(
        dossier=cast.dossier, version=1, at=now, by=cast.applicant, content=content,
        sha256=digest_of(content), deadline_at=cast.call.closes_at,
    )  # fmt: skip
    cast.dossier.state = "submitted"
    cast.dossier.submitted_at = now
    cast.dossier.save()


def care(state):
    cast, args, _fields = dossier(state)
    return cast, [*args, "projet"], {"mark": "complete"}


def end_late(state):
    cast, args, _fields = dossier(state)
    return cast, args, {"reason": "Erreur de dossier"}


SCENES = {
    "dossiers:late": call,
    "dossiers:end_late": end_late,
    "dossiers:care": care,
    "dossiers:ask_sign_off": dossier,
    "dossiers:sign": dossier,
    "dossiers:list": no_object,
    "dossiers:begin": call,
    "dossiers:detail": dossier,
    "dossiers:acknowledge_form": dossier,
    "dossiers:section": section,
    "dossiers:save": save,
    "dossiers:presence": dossier,
    "dossiers:attach": attach,
    "dossiers:document": document,
    "dossiers:preview": document,
    "dossiers:files": dossier,
    "dossiers:remove": document,
    "dossiers:check": dossier,
    "dossiers:submit": dossier,
    "dossiers:answers": answers,
    "dossiers:pdf": deposit,
    "dossiers:withdraw": dossier,
}
