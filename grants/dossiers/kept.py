"""What a dossier holds, one prepared query each: answers, files, deposits."""

from grants.core.prepared import prepared
from grants.dossiers.models import Answer, Document, DossierStep, Submission


@prepared
def answers_of(dossier):
    return Answer.objects.filter(dossier=dossier).as_rows()


@prepared
def current_files_of(dossier):
    return Document.objects.filter(dossier=dossier).current().order_by("pk")


@prepared
def all_files_of(dossier):
    """Those taken away as well: what was handed in may still name them."""
    return Document.objects.filter(dossier=dossier).select_related("scan")


@prepared
def deposits_of(dossier):
    """First to last, each with whoever sent it."""
    return Submission.objects.filter(dossier=dossier).select_related("by").order_by("version")


@prepared
def last_deposits_of(dossier):
    """The last one, in a list that is empty before the first."""
    found = Submission.objects.filter(dossier=dossier).select_related("by")
    return found.order_by("-version")[:1]


@prepared
def deposits_numbered(dossier, version):
    found = Submission.objects.filter(dossier=dossier, version=version)
    return found.select_related("by")


def last_deposit_of(dossier):
    return next(iter(last_deposits_of(dossier)), None)


@prepared
def steps_of(dossier):
    """Newest first: who took which step."""
    return DossierStep.objects.filter(dossier=dossier).select_related("actor").order_by("-pk")
