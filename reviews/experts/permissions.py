"""An expert reads nothing of a call before signing its undertaking, nor against a conflict."""

from django.contrib.auth import get_user_model
from django.db.models import Q

from accounts.access import Rule, follow, owns
from grants.programmes.permissions import holds
from grants.programmes.states import CallState, Role

# Access ends with the call.
LASTING = frozenset(CallState) - {CallState.DECIDED}

# For a call
SEE_POOL = holds(*Role, path="programme")
INVITE = holds(Role.OFFICER, Role.MANAGER, path="programme")

# For a seat
SIGN = owns("expert__user")
KEEP_POOL = holds(Role.OFFICER, Role.MANAGER, path="call__programme")

# For an expert
DESCRIBE = owns("user")


def signed(path):
    """The user has signed the undertaking of the call found under `path`."""
    return Rule(
        lambda user, obj: follow(obj, path).pk in set(signed_calls(user)),
        lambda user: Q(**{f"{path}__in": signed_calls(user)}),
    )


def cleared(path):
    """The user has declared to have no link with the dossier found under `path`."""
    return Rule(
        lambda user, obj: follow(obj, path).pk in set(cleared_dossiers(user)),
        lambda user: Q(**{f"{path}__in": cleared_dossiers(user)}),
    )


# From the person, by sub-query: joining through experts would bring rows back twice.
def signed_calls(user):
    return (
        get_user_model()
        .objects.filter(
            pk=user.pk,
            expert__seats__undertaking_signed_at__isnull=False,
            expert__seats__declined_at=None,
            expert__seats__call__state__in=LASTING,
        )
        .values_list("expert__seats__call", flat=True)
    )


def cleared_dossiers(user):
    return (
        get_user_model()
        .objects.filter(pk=user.pk, expert__interests__kind="none")
        .values_list("expert__interests__dossier", flat=True)
    )
