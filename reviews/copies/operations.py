"""Making copies where a call is read blind, and saying which of them its readers may have."""

import uuid

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.core.flow import lock, write
from grants.dossiers.forms_of import handed_in
from grants.dossiers.models import Document, Dossier, Submission
from grants.dossiers.states import State
from grants.programmes.models import Call
from grants.programmes.states import CallState
from reviews.copies import permissions as may
from reviews.copies.copying import copy_of
from reviews.copies.models import BlindCopy, CopyRuling
from reviews.copies.shown import ENDINGS, is_copied, mark_of
from reviews.copies.states import Verdict
from reviews.phases.veil import names_in, names_of

READ = frozenset({State.SUBMITTED, State.INCOMPLETE, State.ADMISSIBLE, State.IN_REVIEW})
AT_ONCE = 20


def due_documents(at):
    """Files of blind calls without a copy, or whose copy was checked for other names."""
    dossiers = list(
        Dossier.objects.filter(call__in=blind_calls(at), state__in=READ)
        .select_related("organisation")
        .order_by("pk")
    )
    names = names_in(dossiers)
    checked = dict(
        BlindCopy.objects.filter(document__dossier__in=dossiers).values_list(
            "document", "checked_for"
        )
    )
    due = [
        file["id"]
        for dossier, deposit, files in last_deposits(dossiers)
        for file in files or []
        if checked.get(file["id"]) != mark_of(names[dossier], deposit)
    ]
    found = Document.objects.filter(pk__in=due).select_related("scan").order_by("pk")
    return [one.pk for one in found if may_be_opened(one)][:AT_ONCE]


def blind_calls(at):
    """Those a phase that is not over reads without the names."""
    calls = Call.objects.filter(state__in=(CallState.OPEN, CallState.REVIEWING))
    return calls.filter(phases__names_applicants=False, phases__closes_at__gt=at).distinct()


def last_deposits(dossiers):
    newest = Submission.objects.filter(dossier__in=dossiers).order_by("dossier", "-version")
    return newest.distinct("dossier").values_list("dossier", "pk", "content__documents")


def may_be_opened(document):
    return not (document.awaits_scan or document.is_infected)


def make_copy(document_id, *, at=None):
    """Copy one file without what it says of its authors, and look for the names in its words.

    Run twice, it finds the copy and stops; returns it, or None where there is nothing to copy.
    """
    found = Document.objects.select_related("scan", "dossier__organisation", "dossier__form")
    document = found.get(pk=document_id)
    dossier = document.dossier
    deposit = dossier.submissions.last()
    if deposit is None or not may_be_opened(document):
        return None
    names = names_of(dossier)
    mark = mark_of(names, deposit.pk)
    known = BlindCopy.objects.filter(document=document).first()
    if known is not None and known.checked_for == mark:
        return known
    form = handed_in(dossier, deposit)
    if not is_for_readers(form, document):
        return None
    with default_storage.open(document.file.name) as content:
        told, copy = copy_of(content.read(), document.kind, names.with_form(form))
    return keep(document, told, copy, mark, at or timezone.now())


def is_for_readers(form, document):
    replies = (reply for section in form.sections for reply in section.replies)
    return any(is_copied(reply) and document in reply.files for reply in replies)


def keep(document, told, copy, mark, at):
    """The bytes before the row, so that no row is ever without its file."""
    place = ""
    if copy:
        place = f"dossiers/{document.dossier_id}/{uuid.uuid4().hex}.{ENDINGS[document.kind]}"
        place = default_storage.save(place, ContentFile(copy))
    try:
        return record(document, told, place, len(copy), mark, at)
    except BaseException:
        if place:
            default_storage.delete(place)
        raise


@transaction.atomic
def record(document, told, place, size, mark, at):
    Document.objects.select_for_update(of=["self"]).get(pk=document.pk)
    older = BlindCopy.objects.filter(document=document).values_list("file", flat=True).first()
    copy, _made = BlindCopy.objects.update_or_create(
        document=document,
        defaults={**told, "file": place, "size": size, "checked_for": mark, "made_at": at},
    )
    if older:
        transaction.on_commit(lambda: default_storage.delete(older))
    return copy


@transaction.atomic
def rule(copy, shows, *, reason, actor, at=None):
    """Having looked at a copy, let its readers have it or keep it from them, from here on."""
    require(may.RULE, actor, copy)
    lock(copy)
    if not copy.can_be_ruled_on:
        raise Refused(_("Aucune copie n’a pu être faite de cette pièce : il n’y a rien à montrer."))
    at = at or timezone.now()
    standing = copy.rulings.filter(ended_at=None).first()
    is_shown = standing.shows if standing else copy.verdict == Verdict.CLEAR
    if is_shown == shows:
        raise Refused(
            _("Les experts voient déjà cette pièce.")
            if shows
            else _("Cette pièce est déjà retenue.")
        )
    if standing:
        write(standing, ended_at=at)
    return CopyRuling.objects.create(copy=copy, shows=shows, reason=reason, by=actor, at=at)
