"""A dossier for its page: with everything it shows, and what this person is to it."""

from django.db.models import BooleanField, ExpressionWrapper
from django.shortcuts import get_object_or_404

from grants.dossiers import permissions as may
from grants.dossiers.models import Dossier


def find(user, pk):
    """404 unless this person may see it; `is_author` and `is_colleague` cost no further query."""
    told = {"is_author": may.applicant, "is_colleague": may.colleague}
    dossiers = Dossier.objects.seen_by(user).for_detail()
    for name, rule in told.items():
        answer = ExpressionWrapper(rule.rows(user), output_field=BooleanField())
        dossiers = dossiers.annotate(**{name: answer})
    return get_object_or_404(dossiers, pk=pk)
