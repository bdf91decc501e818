"""A dossier read without its names, with files before its reader."""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from grants.dossiers import uploads
from grants.dossiers.content import digest_of
from grants.dossiers.models import Document, Submission
from reviews.copies import operations
from tests.factories import make_assignment, make_dossier, make_evaluation, make_phase, make_staff
from tests.reviews.copies import corpus

COMPANY = "Héliotuile"
KINDS = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": uploads.KINDS["docx"].mime,
}


class Scene:
    def __init__(self, **files):
        """Each file by the ending of its kind."""
        self.call = make_assignment().dossier.call
        self.dossier = make_dossier(call=self.call)
        company = self.dossier.organisation
        company.name, company.city = f"{COMPANY} SAS", "Montauban"
        company.save()
        self.files = [self.attach(ending, content) for ending, content in files.items()]
        for state in ("submitted", "admissible", "in_review"):
            self.dossier.state = state
            self.dossier.submitted_at = self.dossier.created_at
            self.dossier.save()
        self.deposit(1)
        make_phase(self.call, may_score=True, names_applicants=False)
        self.evaluation = make_evaluation(assignment=make_assignment(dossier=self.dossier))
        self.reader = self.evaluation.assignment.expert.user

    @property
    def officer(self):
        return make_staff(self.call.programme, "officer")

    def attach(self, ending, content):
        document = Document(
            dossier=self.dossier, key="accounts", name=f"{COMPANY} comptes.{ending}",
            kind=KINDS[ending], size=len(content), sha256=hashlib.sha256(content).hexdigest(),
            uploaded_by=self.dossier.created_by,
        )  # fmt: skip
        document.file.save(f"original.{ending}", ContentFile(content))
        document.save()
        return document

    def deposit(self, version):
        files = [{"id": one.pk, "key": one.key, "name": one.name} for one in self.files]
        content = {"reference": "R", "answers": {"title": "Tuile"}, "documents": files}
        return Submission.objects.create(
            dossier=self.dossier, version=version, at=self.dossier.created_at,
            by=self.dossier.created_by, content=content, sha256=digest_of(content),
            deadline_at=self.call.closes_at,
        )  # fmt: skip

    def bytes_of(self, n=0):
        with default_storage.open(self.files[n].file.name) as content:
            return content.read()

    def copies(self):
        return [operations.make_copy(one.pk) for one in self.files]


def clear_pdf():
    return corpus.pdf("Étude de marché", "Deux clients", annotations=("Text",))


def naming_pdf():
    return corpus.pdf("Étude de marché", f"Note de {COMPANY}")
