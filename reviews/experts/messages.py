"""What we tell experts about their place in a pool, and officers about theirs."""

from django.conf import settings
from django.urls import reverse

from accounts.notifications.operations import notify
from accounts.people.models import User
from grants.programmes.states import Role


def invited(seat):
    person = seat.expert.user
    notify(
        [person],
        "expert_invited",
        link=reverse("experts:undertaking", args=[seat.call_id]),
        seat=seat,
        call=seat.call,
        programme=seat.call.programme,
        needs_password=not person.has_usable_password(),
        password_url=settings.SITE_URL + reverse("account_reset_password"),
    )


def declined(seat, reason):
    notify(
        officers(seat.call),
        "expert_declined",
        link=reverse("experts:pool", args=[seat.call_id]),
        seat=seat,
        call=seat.call,
        reason=reason,
    )


def officers(call):
    """Those who run the selection of this call."""
    return User.objects.filter(
        duties__programme=call.programme_id,
        duties__role__in=(Role.OFFICER, Role.MANAGER),
        duties__ended_at=None,
        is_active=True,
    ).distinct()
