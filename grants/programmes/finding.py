"""A call for its page, and what is shown with it, one prepared query each."""

from grants.core.prepared import prepared
from grants.programmes.criteria import Criterion
from grants.programmes.models import Call, CallStep, Theme
from grants.programmes.sharing import SharingBound
from grants.programmes.states import PUBLISHED


@prepared
def calls_seen(user, pk):
    """The call in a list, which is empty when this person may not see it."""
    return Call.objects.seen_by(user).for_page().filter(pk=pk)


@prepared
def criteria_of(call):
    return Criterion.objects.filter(call=call)


@prepared
def bounds_of(call):
    return SharingBound.objects.filter(call=call).select_related("theme")


@prepared
def themes_of(programme):
    return Theme.objects.filter(programme=programme)


@prepared
def steps_of(call):
    """Newest first."""
    return CallStep.objects.filter(call=call).select_related("actor").order_by("-pk")


@prepared
def published_calls():
    """Newest first, each with its programme."""
    found = Call.objects.filter(state__in=PUBLISHED).select_related("programme")
    return found.order_by("-opens_at")
