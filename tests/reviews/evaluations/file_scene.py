"""A dossier with a file before its reader, and a field saved as the page does."""

import hashlib

from django.core.files.base import ContentFile

from grants.dossiers.models import Document
from reviews.evaluations.grid import fields_of
from tests.factories import make_assignment, make_dossier


def dossier_with_file():
    assignment = make_assignment()  # for a call in review
    dossier = make_dossier(call=assignment.dossier.call)
    content = b"%PDF-1.7 comptes"
    document = Document(
        dossier=dossier,
        key="accounts",
        name="comptes.pdf",
        kind="application/pdf",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=dossier.created_by,
    )
    document.file.save("essai.pdf", ContentFile(content))
    document.save()
    for state in ("submitted", "admissible", "in_review"):
        dossier.state = state
        dossier.submitted_at = dossier.created_at
        dossier.save()
    return dossier


def author_of(evaluation):
    return evaluation.assignment.expert.user


def save(client, evaluation, name, text, version=None):
    known = fields_of(evaluation).get(name)
    return client.post(
        f"/evaluations/{evaluation.pk}/champ/",
        {"field": name, "value": text, "version": version or (known.version if known else "")},
        headers={"accept": "application/json"},
    )
