"""Who serves a programme: roles are given and taken here, and nowhere else."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from grants.programmes import permissions as may
from grants.programmes.models import Duty


@transaction.atomic
def appoint(user, role, programme, *, actor):
    """Give somebody a role on a programme; a role already held stays as it is."""
    check_right(actor, programme)
    duty, _is_new = Duty.objects.get_or_create(
        programme=programme, user=user, role=role, ended_at=None
    )
    return duty


@transaction.atomic
def dismiss(duty, *, actor, at=None):
    """End a role; its holder loses at once what it allowed. The row stays."""
    check_right(actor, duty.programme)
    if duty.ended_at is None:
        duty.ended_at = at or timezone.now()
        duty.save(update_fields=["ended_at"])
    return duty


def check_right(actor, programme):
    """Managers of the programme; the system account, for the operator of the installation."""
    if not (actor.is_system or may.RUN_PROGRAMME.allows(actor, programme)):
        raise PermissionDenied
