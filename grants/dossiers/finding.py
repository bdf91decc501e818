"""A dossier for its page: with everything it shows, and what this person is to it."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, ExpressionWrapper, OuterRef
from django.shortcuts import get_object_or_404

from grants.dossiers import permissions as may
from grants.dossiers.models import Document, Dossier

TOLD = {"is_author": may.applicant, "is_colleague": may.colleague}


def find(user, pk):
    """404 unless this person may see it; `is_author` and `is_colleague` cost no further query."""
    return get_object_or_404(seen(user).for_detail(), pk=pk)


def seen(user):
    dossiers = Dossier.objects.seen_by(user)
    for name, rule in TOLD.items():
        answer = ExpressionWrapper(rule.rows(user), output_field=BooleanField())
        dossiers = dossiers.annotate(**{name: answer})
    return dossiers


def find_held(user, pk):
    """The same, locked, with the keys of its files: all that saving one field asks before it.

    The questions stay behind: a process that has read this form once knows them.
    """
    files = Document.objects.filter(dossier=OuterRef("pk")).current().values("key")
    return (
        seen(user)
        .annotate(file_keys=ArraySubquery(files))
        .select_related("call", "form")
        .defer("form__definition")
        .select_for_update(of=["self"])
        .get(pk=pk)
    )
