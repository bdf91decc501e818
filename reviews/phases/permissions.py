"""Rights that hold only while the phase of a call gives them."""

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from accounts.access import Rule, follow, in_state
from grants.programmes.models import Call
from grants.programmes.permissions import holds
from grants.programmes.states import CallState, Role
from reviews.phases.rights import BY_KEY


def in_phase(right, path=""):
    """The call found under `path` gives this right at this instant."""
    return Rule(
        lambda user, obj: (
            calls_giving(right).filter(pk=(follow(obj, path) if path else obj).pk).exists()
        ),
        lambda user: Q(**{f"{path or 'pk'}__in": calls_giving(right).values("pk")}),
    )


def calls_giving(right):
    """By the relation alone: a permission knows no model of its own feature. The clock is that of
    the database, so that a query kept as text asks it anew."""
    now = Now()
    same = Call.objects.filter(pk=OuterRef("pk"))
    given = same.filter(
        phases__opens_at__lte=now, phases__closes_at__gt=now, **{f"phases__{right}": True}
    )
    giving = Q(Exists(given))
    if BY_KEY[right].without_phases:
        giving |= Q(phases=None)
    return Call.objects.filter(giving)


# For a call
SEE = holds(*Role, path="programme")
manager = holds(Role.MANAGER, path="programme")
SET_UP = manager & in_state(CallState.DRAFT)
MOVE = manager & in_state(CallState.OPEN, CallState.REVIEWING)
