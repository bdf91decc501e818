"""What we tell whom about the form of a call."""

from django.contrib.postgres.functions import TransactionNow
from django.db.models import F, Q
from django.urls import reverse

from accounts.notifications.operations import notify
from accounts.organisations.models import Membership
from accounts.organisations.permissions import WRITING
from accounts.people.models import User


def form_revised(call, changes):
    """Whoever writes a draft of this call, once each, whatever the number of their dossiers."""
    notify(
        writers_of_drafts(call),
        "form_revised",
        link=reverse("dossiers:list"),
        call=call,
        changes=changes,
    )


def agreements_ended(call, changes):
    """Who had agreed to a draft, and who owns it: the new form ended that, nobody else did."""
    for dossier in ended_by_form(call):
        notify(
            signer_and_owners(dossier),
            "sign_off_void_by_form",
            link=reverse("dossiers:check", args=[dossier.pk]),
            dossier=dossier,
            call=call,
            changes=changes,
        )


def ended_by_form(call):
    """Drafts whose agreement the database ended in this very transaction."""
    ended = {"sign_offs__voided_by_form": True, "sign_offs__voided_at": TransactionNow()}
    drafts = call.dossiers.filter(state="draft", **ended).select_related("call").order_by("pk")
    return drafts.annotate(
        signer=F("sign_offs__signed_by"),
        agreed_by=F("sign_offs__signed_by__full_name"),
        agreed_at=F("sign_offs__signed_at"),
    )


def signer_and_owners(dossier):
    owners = Membership.objects.filter(
        organisation=dossier.organisation_id, role=Membership.Role.OWNER, left_at=None
    )
    people = User.objects.filter(Q(pk=dossier.signer) | Q(pk__in=owners.values("user")))
    return people.filter(is_active=True).order_by("pk")


def writers_of_drafts(call):
    organisations = call.dossiers.filter(state="draft").values("organisation")
    return (
        User.objects.filter(
            is_active=True,
            memberships__organisation__in=organisations,
            memberships__left_at=None,
            memberships__role__in=WRITING,
        )
        .distinct()
        .order_by("pk")
    )
