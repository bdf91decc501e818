"""The answers of the last deposit, section by section, as text."""

from grants.dossiers.models import Submission
from grants.dossiers.printing import dossier_of


def answers_of(dossier):
    """Sections with their answers, exactly as the dossier itself is printed."""
    last = (
        Submission.objects.filter(dossier=dossier)
        .select_related("dossier__call__programme", "dossier__form", "by")
        .order_by("-version")
        .first()
    )
    return dossier_of(last)["sections"] if last else []
