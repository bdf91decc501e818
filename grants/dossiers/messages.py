"""What we tell whom about a dossier in its authors' hands."""

from django.db.models import Max
from django.urls import reverse

from accounts.notifications.models import Notification
from accounts.notifications.operations import notify
from accounts.organisations.models import Membership
from accounts.organisations.permissions import READING, WRITING
from accounts.people.models import User
from grants.programmes.states import Role

REMINDER = "draft_reminder"
ASKED = "sign_off_asked"


def submitted(dossier, submission):
    """The receipt to everybody in the company; officers hear of completions they asked for."""
    link = dossier.get_absolute_url()
    context = {"dossier": dossier, "submission": submission, "call": dossier.call}
    notify(colleagues(dossier), "dossier_submitted", link=link, **context)
    if submission.version > 1:
        notify(officers(dossier), "dossier_completed", link=link, **context)


def withdrawn(dossier, actor):
    notify(
        colleagues(dossier),
        "dossier_withdrawn",
        link=dossier.get_absolute_url(),
        dossier=dossier,
        call=dossier.call,
        actor=actor,
    )


def infected(dossier, document):
    """The company replaces it; once handed in, the officers have to know as well."""
    link = dossier.get_absolute_url()
    context = {"dossier": dossier, "document": document}
    notify(colleagues(dossier, roles=WRITING), "file_infected", link=link, **context)
    if not dossier.is_editable:
        notify(officers(dossier), "file_infected", link=link, **context)


def entrusted(dossier, section, holder, actor):
    link = reverse("dossiers:section", args=[dossier.pk, section.key])
    notify([holder], "section_entrusted", link=link, dossier=dossier, section=section, actor=actor)


def sign_off_asked(dossier, people, actor):
    return notify(people, ASKED, link=check_page(dossier), dossier=dossier, actor=actor)


def last_asked(dossier):
    """When a representative was last asked, whoever asked."""
    asked = Notification.objects.filter(kind=ASKED, link=check_page(dossier))
    return asked.aggregate(last=Max("created_at"))["last"]


def signed(dossier, sign_off):
    """Whoever writes may now hand in."""
    people = colleagues(dossier, roles=WRITING).exclude(pk=sign_off.signed_by_id)
    notify(people, "sign_off_given", link=check_page(dossier), dossier=dossier, sign_off=sign_off)


def sign_off_void(dossier, sign_off, actor):
    """To who agreed, and to who changed what was agreed to."""
    people = {person.pk: person for person in (sign_off.signed_by, actor)}.values()
    context = {"dossier": dossier, "sign_off": sign_off, "actor": actor}
    notify(people, "sign_off_void", link=check_page(dossier), **context)


def let_in(dossier, access):
    tell_of_access(dossier, access, "dossier_let_in")


def access_taken_back(dossier, access):
    tell_of_access(dossier, access, "dossier_access_ended")


def tell_of_access(dossier, access, kind):
    link = dossier.get_absolute_url()
    context = {"dossier": dossier, "access": access, "call": dossier.call}
    notify(colleagues(dossier), kind, link=link, **context)


def check_page(dossier):
    return reverse("dossiers:check", args=[dossier.pk])


def closing_soon(dossier, days):
    """Whoever was told of this milestone is not told again: the link remembers it."""
    link = f"{dossier.get_absolute_url()}#j-{days}"
    told = Notification.objects.filter(kind=REMINDER, link=link).values("recipient")
    people = colleagues(dossier, roles=WRITING).exclude(pk__in=told)
    return notify(people, REMINDER, link=link, dossier=dossier, call=dossier.call, days=days)


def colleagues(dossier, roles=READING):
    return User.objects.filter(
        is_active=True,
        memberships__organisation=dossier.organisation_id,
        memberships__left_at=None,
        memberships__role__in=roles,
    ).order_by("pk")


def representatives(dossier):
    """The memberships of those who engage the company by law."""
    return (
        Membership.objects.filter(
            organisation=dossier.organisation_id, left_at=None, user__is_active=True
        )
        .exclude(legal_title="")
        .select_related("user")
        .order_by("user__full_name", "pk")
    )


def officers(dossier):
    return (
        User.objects.filter(
            is_active=True,
            duties__programme=dossier.call.programme_id,
            duties__role=Role.OFFICER,
            duties__ended_at=None,
        )
        .distinct()
        .order_by("pk")
    )
