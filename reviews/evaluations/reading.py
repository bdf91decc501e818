"""A dossier as its readers see it: what was handed in, less what is not for them."""

from dataclasses import replace

from grants.dossiers.forms_of import filled, handed_in
from grants.formbuilder.confidentiality import withheld_from_experts
from reviews.copies.handing import copy_behind
from reviews.copies.shown import lines_of, mark_of, with_copies
from reviews.phases.veil import is_veiled, masked_form


def sections_of(dossier, submission=None, *, copies=None):
    """Sections with their answered questions; empty sections are left out.

    Where no name may be read, files are copies: `copies` when they are known already.
    """
    submission = submission or dossier.submissions.last()
    form = filled(dossier) if submission is None else handed_in(dossier, submission)
    if is_veiled(dossier):
        copies = lines_of(dossier) if copies is None else copies
        mark = mark_of(dossier.hidden_names, submission and submission.pk)
        form = with_copies(masked_form(form, dossier), form, copies, mark)
    withheld = withheld_from_experts(dossier.call)
    shown = [
        replace(
            section, replies=tuple(reply for reply in section.replies if is_shown(reply, withheld))
        )
        for section in form.sections
    ]
    return [section for section in shown if section.replies]


def is_shown(reply, withheld):
    return reply.is_content and reply.question.confidentiality not in withheld


def documents_of(dossier):
    """The files a reader may open, by primary key: copies where no name may be read."""
    return {
        document.pk: document
        for section in sections_of(dossier)
        for reply in section.replies
        for document in reply.files
        if not (reply.is_masked and document.why)
    }


def file_to_read(dossier, pk):
    """One of them as it is handed out, or None."""
    file = documents_of(dossier).get(pk)
    return copy_behind(file) if file and is_veiled(dossier) else file
