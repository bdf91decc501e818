"""What somebody outside reads of a dossier: the last deposit, without people and bank details."""

from grants.dossiers.forms_of import handed_in
from grants.formbuilder.confidentiality import WITHHELD_FROM_EXPERTS

# Somebody outside reads less than an expert of the call.
WITHHELD = WITHHELD_FROM_EXPERTS | {"personal"}


def readable(dossier):
    """Sections with the answers they may read; a section left empty does not show."""
    deposit = dossier.submissions.order_by("-version").first()
    filled = handed_in(dossier, deposit)
    sections = [
        {
            "title": section.section.title,
            "replies": [reply for reply in section.replies if is_shown(reply)],
        }
        for section in filled.sections
    ]
    return [section for section in sections if section["replies"]]


def is_shown(reply):
    return reply.is_content and reply.question.confidentiality not in WITHHELD


def document_of(dossier, pk):
    """The file, if they may read the answer it belongs to."""
    files = [f for s in readable(dossier) for reply in s["replies"] for f in reply.files]
    return next((file for file in files if file.pk == pk), None)
