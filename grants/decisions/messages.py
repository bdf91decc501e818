from django.urls import reverse

from accounts.notifications.operations import notify
from accounts.people.models import User
from grants.programmes.states import Role


def announced(allocation):
    """Tell the people of each company what was decided for their dossier."""
    decisions = allocation.decisions.select_related("dossier__organisation", "dossier__call")
    told = set(
        allocation.decisions.filter(dossier__feedback__state="sent").values_list("pk", flat=True)
    )
    for decision in decisions:
        notify(
            people_of(decision.dossier),
            f"decision_{decision.outcome}",
            link=reverse("decisions:decision", args=[decision.dossier_id]),
            decision=decision,
            dossier=decision.dossier,
            allocation=allocation,
            has_feedback=decision.pk in told,
        )


def proposed(allocation):
    """Tell those who may check that a proposal waits for them."""
    notify(
        checkers(allocation),
        "allocation_to_check",
        link=allocation.get_absolute_url(),
        allocation=allocation,
        call=allocation.call,
    )


def people_of(dossier):
    return User.objects.filter(
        is_active=True,
        memberships__organisation=dossier.organisation_id,
        memberships__left_at=None,
    ).distinct()


def checkers(allocation):
    return (
        User.objects.filter(
            is_active=True,
            duties__programme=allocation.call.programme_id,
            duties__role__in=[Role.MANAGER, Role.FINANCE],
            duties__ended_at=None,
        )
        .exclude(pk=allocation.prepared_by_id)
        .distinct()
    )
