from django.db.models import Q
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


def reserve_offered(promotion, allocation):
    """Tell the officer of the dossier, and those who may accept, that its turn has come."""
    dossier = promotion.decision.dossier
    notify(
        called(dossier, allocation.call.programme_id),
        "reserve_offered",
        link=reverse("decisions:reserve", args=[allocation.pk]),
        promotion=promotion,
        dossier=dossier,
        call=allocation.call,
    )


def promoted(decision, allocation):
    """Tell the people of the company that their turn on the reserve list has come."""
    notify(
        people_of(decision.dossier),
        "decision_award",
        link=reverse("decisions:decision", args=[decision.dossier_id]),
        decision=decision,
        dossier=decision.dossier,
        allocation=allocation,
        has_feedback=False,
    )


def called(dossier, programme):
    """The officer the dossier is entrusted to, or all of them; the managers, who accept."""
    holding = User.objects.filter(
        is_active=True, duties__programme=programme, duties__ended_at=None
    )
    managers = holding.filter(duties__role=Role.MANAGER)
    officers = User.objects.filter(is_active=True, charges__dossier=dossier)
    if not officers.exists():
        officers = holding.filter(duties__role=Role.OFFICER)
    return User.objects.filter(Q(pk__in=managers.values("pk")) | Q(pk__in=officers.values("pk")))


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
