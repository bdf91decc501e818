from django.urls import reverse

from accounts.notifications.operations import notify
from accounts.organisations.permissions import WRITING
from accounts.people.models import User


def authors(dossier):
    """The people who write for the company today."""
    return User.objects.filter(
        memberships__organisation=dossier.organisation_id,
        memberships__left_at=None,
        memberships__role__in=WRITING,
        is_active=True,
    ).distinct()


def completion_asked(dossier, request):
    tell(dossier, "completion_asked", asked=request)


def admitted(dossier):
    tell(dossier, "dossier_admitted")


def rejected(dossier, reason):
    tell(dossier, "dossier_rejected", reason=reason)


def tell(dossier, kind, **context):
    notify(
        authors(dossier),
        kind,
        link=dossier.get_absolute_url(),
        dossier=dossier,
        call=dossier.call,
        programme=dossier.call.programme,
        **context,
    )


def entrusted(dossier, officer):
    link = reverse("screening:dossier", args=[dossier.pk])
    notify([officer], "dossier_entrusted", link=link, dossier=dossier, call=dossier.call)
