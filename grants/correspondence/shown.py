"""What somebody outside reads of a dossier: the last deposit, without people and bank details."""

from grants.dossiers.forms_of import handed_in

WITHHELD = frozenset({"personal", "bank"})


def readable(dossier):
    """Sections with the answers they may read; a section left empty does not show."""
    deposit = dossier.submissions.order_by("-version").first()
    filled = handed_in(dossier, deposit)
    sections = [
        {
            "title": section.section.title,
            "replies": [r for r in section.replies if r.question.confidentiality not in WITHHELD],
        }
        for section in filled.sections
    ]
    return [section for section in sections if section["replies"]]


def document_of(dossier, pk):
    """The file, if they may read the answer it belongs to."""
    files = [f for s in readable(dossier) for reply in s["replies"] for f in reply.files]
    return next((file for file in files if file.pk == pk), None)
