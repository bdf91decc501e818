"""Who is out of a dossier: the same answer as `guards.OUT`, for pages and operations."""

from django.db.models import Q

from accounts.organisations.models import Membership
from reviews.committees.models import Attendance, Item, Member, Withdrawal
from reviews.experts.models import Interest
from reviews.links.models import DetectedLink


def is_out(item, user):
    """Somebody linked to a dossier sees nothing of it, member of the session or not."""
    return item is not None and out_items([item.pk], user).exists()


def out_items(items, user):
    """Those of `items` (keys) this person is out of."""
    return Item.objects.filter(pk__in=items).filter(
        Q(pk__in=Withdrawal.objects.filter(member__user=user.pk).values("item"))
        | Q(dossier__in=conflicts().filter(expert__user=user.pk).values("dossier"))
        | Q(dossier__in=links().filter(expert__user=user.pk).values("dossier"))
        | Q(dossier__organisation__in=memberships().filter(user=user.pk).values("organisation"))
    )


def conflicts():
    return Interest.objects.exclude(kind=Interest.Kind.NONE)


def links():
    """Found by the platform and not lifted by an officer."""
    return DetectedLink.objects.standing()


def memberships():
    return Membership.objects.filter(left_at=None)


def known_out(item):
    """Members of the session who have a link with the dossier, said in session or known before."""
    dossier = item.dossier
    return Member.objects.filter(session=item.session_id).filter(
        Q(pk__in=Withdrawal.objects.filter(item=item).values("member"))
        | Q(user__in=conflicts().filter(dossier=dossier).values("expert__user"))
        | Q(user__in=links().filter(dossier=dossier).values("expert__user"))
        | Q(user__in=memberships().filter(organisation=dossier.organisation_id).values("user"))
    )


def eligible(item):
    """Who may vote on it now: voting members, present, not out."""
    session = item.session
    out = set(known_out(item).values_list("pk", flat=True))
    here = Attendance.objects.filter(left_at=None).values("member")
    present = session.members.filter(pk__in=here).select_related("user")
    return [member for member in present if member.is_voter and member.pk not in out]
