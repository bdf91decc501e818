"""The files of a dossier with their versions, for the page that shows them all."""

from grants.dossiers.forms_of import definition_of
from grants.dossiers.serving import may_have


def filed(dossier, user):
    """Question by question, the newest version first."""
    documents = dossier.documents.select_related("scan", "uploaded_by", "replaced_by")
    rows = {}
    for document in documents.order_by("-pk"):
        rows.setdefault(document.key, []).append(
            {
                "document": document,
                "may_open": may_have(document, user),
                "replaced": hasattr(document, "replaced_by"),
            }
        )
    questions = definition_of(dossier).questions
    return [
        {"label": question.label, "rows": rows.pop(key)}
        for key, question in questions.items()
        if key in rows
    ]
