from django.urls import reverse

from accounts.notifications.operations import notify
from accounts.organisations.permissions import WRITING
from accounts.people.models import User
from grants.dossiers.forms_of import definition_of


def authors(dossier):
    """The people who write for the company today."""
    return User.objects.filter(
        memberships__organisation=dossier.organisation_id,
        memberships__left_at=None,
        memberships__role__in=WRITING,
        is_active=True,
    ).distinct()


def completion_asked(dossier, request):
    tell(dossier, "completion_asked", asked=request, points=points_of(dossier, request))


def completion_extended(dossier, *, until, before, reason):
    tell(dossier, "completion_extended", until=until, before=before, reason=reason)


def points_of(dossier, request):
    """The questions to take up again by their words, as the company reads them in the form."""
    questions = definition_of(dossier).questions
    return [
        {"label": questions[key].label, "note": request.notes.get(key, "")}
        for key in request.questions
        if key in questions
    ]


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
