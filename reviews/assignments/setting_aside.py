"""A dossier leaves an expert's hands, with everything that told of it; and comes back."""

from django.db import transaction
from django.utils import timezone

from accounts.notifications.operations import withdraw
from grants.core.flow import lock, write
from grants.dossiers.states import State
from reviews.assignments import messages
from reviews.assignments.flow import FLOW
from reviews.assignments.models import Assignment
from reviews.assignments.states import AssignmentState
from reviews.experts.models import Interest
from reviews.links.flow import FLOW as LINKS
from reviews.links.models import DetectedLink
from reviews.links.states import LinkState
from reviews.links.words import sentence

Kind, Origin = Interest.Kind, Interest.Origin


def shut(expert, dossier, step, reason, actor):
    """Close the dossier to this reader: their assignment, and the messages that name it."""
    active = Assignment.objects.active().filter(expert=expert, dossier=dossier)
    closed = list(active.select_related("dossier__call__programme", "expert__user"))
    for assignment in closed:
        FLOW.take(step, assignment, actor=actor, reason=reason)
    withdraw(expert.user, [dossier.reference, dossier.title])
    return closed


@transaction.atomic
def set_aside(found, *, actor):
    """Keep an expert and a dossier apart because of what the data show, until it is settled.

    Returns the link, or None when a conflict between the two is already declared.
    """
    expert, dossier = found.expert, found.dossier
    interest = Interest.objects.filter(expert=expert, dossier=dossier).first()
    link = DetectedLink.objects.filter(expert=expert, dossier=dossier).first()
    if link is not None and link.state != LinkState.LIFTED:
        return learn(link, found)
    if interest is not None and interest.is_conflict:
        return None
    closed = shut(expert, dossier, "set_aside", found.text, actor)
    was_cleared = interest is not None
    note(found, found.text, actor)
    link = open_link(link, found, was_cleared, actor)
    for assignment in closed:
        messages.set_aside(assignment, link)
    return link


def declare_again(link, actor):
    """A lifted link turns out to be a conflict after all."""
    text = " ".join(sentence(row) for row in link.evidence)
    note(link, text, actor)


def note(about, text, actor):
    """The conflict itself: what keeps the pair apart everywhere. Another declared one stays."""
    known = Interest.objects.filter(expert=about.expert, dossier=about.dossier).first()
    if known is not None and known.is_conflict:
        return
    Interest.objects.update_or_create(
        expert=about.expert,
        dossier=about.dossier,
        defaults={
            "kind": about.kind,
            "text": text[:500],
            "origin": Origin.DETECTED,
            "declared_by": actor,
            "declared_at": timezone.now(),
        },
    )


def open_link(link, found, was_cleared, actor):
    """A new row; a link lifted on less evidence comes back to be settled again."""
    facts = {
        "kind": found.kind,
        "evidence": found.as_rows(),
        "score": found.score,
        "was_cleared": was_cleared,
        "found_at": timezone.now(),
    }
    if link is None:
        return DetectedLink.objects.create(expert=found.expert, dossier=found.dossier, **facts)
    LINKS.take(
        "reopen", link, actor=actor, settled_by=None, settled_at=None, settled_because="", **facts
    )
    return link


def learn(link, found):
    """What is newly seen is added to a link that stands."""
    rows = found.as_rows()
    if link.evidence != rows:
        lock(link)
        write(link, evidence=rows, score=found.score)
    return link


@transaction.atomic
def give_back(link, *, actor):
    """A lifted link frees the pair; a reading that waits for nobody else goes on where it was.

    Returns the assignment taken up again, or None.
    """
    own = Interest.objects.filter(expert=link.expert, dossier=link.dossier, origin=Origin.DETECTED)
    if link.was_cleared:
        own.update(
            kind=Kind.NONE,
            text="",
            origin=Origin.DECLARED,
            declared_by=link.expert.user,
            declared_at=timezone.now(),
        )
    else:
        own.delete()
    return take_up_again(link, actor=actor)


def take_up_again(link, *, actor):
    """The reading this link interrupted, unless its place is taken or another conflict stands."""
    pair = {"expert": link.expert, "dossier": link.dossier}
    conflicts = Interest.objects.filter(**pair).exclude(kind=Kind.NONE)
    readers = Assignment.objects.active().filter(dossier=link.dossier).count()
    wanted = link.dossier.call.reviews_per_dossier
    if conflicts.exists() or readers >= wanted or link.dossier.state != State.IN_REVIEW:
        return None
    last = Assignment.objects.filter(**pair).order_by("-pk").first()
    if last is None or last.state != AssignmentState.RECUSED:
        return None
    if last.history.last().step != "set_aside":
        return None
    FLOW.take("restore", last, actor=actor)
    messages.restored(last)
    return last
