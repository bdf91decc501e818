"""The evaluation of a page, found by who may read it."""

from grants.core.prepared import prepared
from reviews.assignments.models import Assignment
from reviews.evaluations.models import Evaluation, Score


@prepared
def to_declare(user, pk):
    """A reading given, before or after its reader has said whether they are bound to it."""
    given = Assignment.objects.given_to(user).for_desk()
    return given.select_related("expert__user").filter(pk=pk)


@prepared
def to_write(user, pk):
    """One's own beside its dossier."""
    return Evaluation.objects.written_by(user).for_page().with_phase().filter(pk=pk)


@prepared
def to_open(user, pk):
    """One's own with everything around its dossier."""
    return Evaluation.objects.written_by(user).for_desk().with_phase().filter(pk=pk)


@prepared
def to_read_again(user, pk):
    """One's own without its dossier."""
    return Evaluation.objects.kept_by(user).for_page().with_phase().filter(pk=pk)


@prepared
def scores_of(pk):
    """In the order of the grid, with their criteria."""
    found = Score.objects.filter(evaluation=pk).select_related("criterion")
    return found.order_by("criterion__rank", "criterion__pk")
