"""The evaluation of a page, found by who may read it."""

from grants.core.prepared import prepared
from reviews.assignments.models import Assignment
from reviews.evaluations import permissions as may
from reviews.evaluations.models import Evaluation, Score
from reviews.evaluations.remarks import DiscussionNote


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
def to_compare(user, pk):
    """One's own, if it lets its author read the others: they do not exist before."""
    own = Evaluation.objects.filter(may.READ_OTHERS.rows(user))
    return own.for_desk().with_phase().filter(pk=pk)


@prepared
def handed_in_on(dossier):
    """The evaluations that make the mark of a dossier, with what is written in them."""
    found = Evaluation.objects.filter(assignment__dossier=dossier).counted()
    return found.for_staff().order_by("pk")


@prepared
def remarks_between(dossier):
    """What those who have handed in said to each other."""
    known = Evaluation.objects.filter(assignment__dossier=dossier).counted()
    return DiscussionNote.objects.filter(evaluation__in=known.values("pk"))


@prepared
def scores_of(pk):
    """In the order of the grid, with their criteria."""
    found = Score.objects.filter(evaluation=pk).select_related("criterion")
    return found.order_by("criterion__rank", "criterion__pk")
