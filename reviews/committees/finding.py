"""The session of a page and what stands in it: its members, its agenda, one of its dossiers."""

from django.db.models import Exists, OuterRef

from grants.core.prepared import prepared
from reviews.committees.models import Attendance, Item, Member, Session
from reviews.committees.out import out_items
from reviews.committees.readable import readable_by
from reviews.committees.veiling import with_veil

AROUND = "dossier__call", "dossier__organisation", "dossier__theme"


@prepared
def session_of(user, pk):
    return Session.objects.seen_by(user).for_room().filter(pk=pk)


@prepared
def members_of(session):
    """Everybody who sits in it, and whether they are in the room."""
    here = Attendance.objects.filter(member=OuterRef("pk"), left_at=None)
    members = Member.objects.filter(session=session).annotate(is_here=Exists(here))
    return members.select_related("user").order_by("user__plain_name", "pk")


@prepared
def agenda_of(session):
    return with_veil(Item.objects.filter(session=session).select_related(*AROUND))


@prepared
def masked_in(session, user):
    """The keys of what this person is out of."""
    agenda = Item.objects.filter(session=session)
    return out_items(agenda.values("pk"), user).values_list("pk", flat=True)


@prepared
def item_to_read(user, pk):
    items = readable_by(user).select_related("session__call__programme", "dossier__form", *AROUND)
    return with_veil(items).filter(pk=pk)
