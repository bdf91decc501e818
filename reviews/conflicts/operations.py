"""Looking for links, and settling what was found: confirmed or lifted, by an officer, with why."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from accounts.organisations.models import Membership, Organisation
from accounts.people.models import User
from grants.core.flow import lock, write
from grants.dossiers.models import Submission
from grants.dossiers.states import FINISHED, State
from grants.programmes.models import Call
from grants.programmes.states import CallState
from reviews.assignments.operations import declare_interest, hold
from reviews.assignments.setting_aside import declare_again, give_back, set_aside, shut
from reviews.conflicts import messages
from reviews.experts.models import Expert
from reviews.experts.permissions import LASTING
from reviews.links import permissions as may
from reviews.links.finding import find
from reviews.links.flow import FLOW
from reviews.links.models import CallLook, DetectedLink
from reviews.links.states import LinkState

LOOKED_AT = frozenset(State) - FINISHED - {State.DRAFT, State.RESERVE}
# Before opening there is nobody to compare with.
LIVELY = LASTING - {CallState.DRAFT}
MOST_EXPERTS = 50


@transaction.atomic
def look_at_call(call, *, actor):
    """Look for links between everybody of the pool and every dossier of a call.

    A pair linked by what is found is kept apart at once; officers are told once, in one message.
    Returns the links that are new.
    """
    require_look(call, actor)
    marks = marks_of(call)
    experts = Expert.objects.filter(seats__call=call, seats__declined_at=None)
    found = keep_apart(hold(call), experts.select_related("user"), actor)
    CallLook.objects.update_or_create(
        call=call, defaults={"marks": marks, "looked_at": timezone.now()}
    )
    return found


def require_look(call, actor):
    if not actor.is_system:
        require(may.LOOK, actor, call)


@transaction.atomic
def look_at_expert(expert, *, actor):
    """Look again wherever this expert sits: their profile or their seats have changed."""
    lock(expert)
    seats = expert.seats.filter(declined_at=None, call__state__in=LIVELY)
    found = []
    for seat in seats.select_related("call__programme").order_by("call"):
        found += keep_apart(hold(seat.call), [expert], actor)
    write(expert, links_due_at=None)
    return found


def keep_apart(call, experts, actor):
    dossiers = call.dossiers.filter(state__in=LOOKED_AT).select_related("organisation", "call")
    dossiers = list(dossiers.order_by("pk"))
    known = set(DetectedLink.objects.of_call(call).filter(state=LinkState.OPEN).values_list("pk"))
    links = [set_aside(found, actor=actor) for found in find(dossiers, experts)]
    fresh = [link for link in links if link and link.state == LinkState.OPEN]
    fresh = [link for link in fresh if (link.pk,) not in known]
    if fresh:
        messages.found(call, fresh)
    return fresh


def marks_of(call):
    """Changes with every deposit and every change of a company or of its people."""
    organisations = Organisation.objects.filter(dossiers__call=call)
    members = Membership.objects.filter(organisation__dossiers__call=call)
    marks = (
        Submission.objects.filter(dossier__call=call).aggregate(n=Max("pk")),
        organisations.aggregate(n=Max("events__pgh_id")),
        members.aggregate(n=Max("events__pgh_id")),
    )
    return ":".join(str(mark["n"] or 0) for mark in marks)


def due_experts(at):
    due = Expert.objects.filter(links_due_at__lte=at).order_by("links_due_at", "pk")
    return list(due.values_list("pk", flat=True)[:MOST_EXPERTS])


def due_calls():
    """Calls with a pool whose companies have changed since they were last looked at."""
    calls = Call.objects.filter(state__in=LIVELY, seats__isnull=False).distinct().order_by("pk")
    seen = dict(CallLook.objects.values_list("call", "marks"))
    return [call.pk for call in calls if seen.get(call.pk) != marks_of(call)]


def look_at(call_id):
    look_at_call(Call.objects.get(pk=call_id), actor=User.objects.system())


@transaction.atomic
def confirm(link, *, reason, actor, at=None):
    """The link is a conflict: its expert stays away from the dossier for good."""
    ready(link, actor)
    if link.state == LinkState.LIFTED:
        shut(link.expert, link.dossier, "set_aside", reason, actor)
        declare_again(link, actor)
    settle(link, "confirm", reason, actor, at)
    messages.confirmed(link)
    return link


@transaction.atomic
def lift(link, *, reason, actor, at=None):
    """The link is none: the pair is free again, and a reading it interrupted goes on.

    Returns the assignment taken up again, or None.
    """
    ready(link, actor)
    settle(link, "lift", reason, actor, at)
    return give_back(link, actor=actor)


@transaction.atomic
def signal(expert, dossier, *, kind, text, because, actor):
    """Those who run the call know of a link nobody has stated: from here on the dossier is shut to
    this expert, whatever they were reading."""
    require(may.LOOK, actor, dossier.call)
    if actor == expert.user:
        raise Refused(_("Ce lien vous concerne : un collègue doit le signaler."))
    known = expert.interests.filter(dossier=dossier).first()
    if known is not None and known.is_conflict:
        raise Refused(_("Un lien est déjà enregistré entre cet expert et ce dossier."))
    was_reading = expert.assignments.active().filter(dossier=dossier).exists()
    interest = declare_interest(expert, dossier, kind=kind, text=text, because=because, actor=actor)
    if was_reading:
        messages.signalled(interest)
    return interest


def ready(link, actor):
    """Nobody settles a link of their own; the call is held, so that nobody assigns meanwhile."""
    require(may.SETTLE, actor, link)
    if actor == link.expert.user:
        raise Refused(_("Ce lien vous concerne : un collègue doit le régler."))
    hold(link.dossier.call)
    link.dossier.refresh_from_db(fields=["state"])


def settle(link, step, reason, actor, at):
    """The state and why, in one write: the database wants both or neither."""
    FLOW.take(
        step,
        link,
        actor=actor,
        reason=reason,
        settled_by=actor,
        settled_at=at or timezone.now(),
        settled_because=reason,
    )
