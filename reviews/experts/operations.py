from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from accounts.notifications.broker import broker
from accounts.people.models import User
from grants.core.flow import lock, write
from grants.programmes.states import CallState
from reviews.experts import messages
from reviews.experts import permissions as may
from reviews.experts.models import Expert, Expertise, Seat
from reviews.experts.signatures import Signature
from reviews.experts.undertaking import VERSION, digest_of, text_of

# A feature above this one: called by name, found again by its sweep if the message is lost.
LOOK = "reviews.conflicts.tasks.look_at_expert"


@transaction.atomic
def invite(call, *, email, full_name, organisation, capacity, actor, siren="", at=None):
    """Give somebody a place in the pool. They read nothing before they sign the undertaking."""
    require(may.INVITE, actor, call)
    if call.state == CallState.DECIDED:
        raise Refused(_("Cet appel est terminé : il n’y a plus d’expert à inviter."))
    user = account_of(email, full_name)
    expert, _new = Expert.objects.get_or_create(
        user=user, defaults={"organisation": organisation, "siren": siren}
    )
    seat, is_new = Seat.objects.get_or_create(
        call=call, expert=expert, defaults={"capacity": capacity}
    )
    if not is_new:
        invite_again(seat, capacity=capacity, at=at or timezone.now())
    look_for_links(expert)
    messages.invited(seat)
    return seat


def look_for_links(expert):
    """What an expert is or states has changed: compare with the companies again, after commit."""
    write(expert, links_due_at=timezone.now())
    transaction.on_commit(lambda: broker.hand_over(LOOK, expert.pk))


def account_of(email, full_name):
    """The account behind this address; a new one has no password until its owner chooses one."""
    known = User.objects.filter(email__iexact=email).first()
    if known is None:
        known, _new = User.objects.get_or_create(
            email=email.lower(), defaults={"full_name": full_name, "password": make_password(None)}
        )
    if not known.is_active:
        raise Refused(_("Ce compte est désactivé : cette personne ne peut pas être invitée."))
    return known


def invite_again(seat, *, capacity, at):
    lock(seat)
    if seat.declined_at is None:
        raise Refused(
            _("%(expert)s fait déjà partie des experts de cet appel.") % {"expert": seat.expert}
        )
    write(
        seat,
        declined_at=None,
        declined_because="",
        undertaking_signed_at=None,
        invited_at=at,
        capacity=capacity,
    )


@transaction.atomic
def sign(seat, *, actor, at=None):
    """Accept the invitation and undertake confidentiality, impartiality and good conduct.

    Only then can dossiers be read. The exact text is kept with the signature, for good.
    """
    lock(seat)
    require(may.SIGN, actor, seat)
    if seat.declined_at is not None:
        raise Refused(
            _(
                "Vous avez décliné cette invitation. Écrivez au service de l’appel : "
                "il peut vous inviter de nouveau."
            )
        )
    if seat.call.state == CallState.DECIDED:
        raise Refused(_("Cet appel est terminé : il n’y a plus rien à signer."))
    if seat.undertaking_signed_at is None:
        at = at or timezone.now()
        text = text_of(seat.call)
        Signature.objects.create(
            seat=seat, version=VERSION, text=text, sha256=digest_of(text),
            signed_by=actor, signed_at=at,
        )  # fmt: skip
        write(seat, undertaking_signed_at=at)
        look_for_links(seat.expert)
    return seat


@transaction.atomic
def decline(seat, *, reason, actor, at=None):
    """Give the place back. Somebody who still has dossiers must first hand them back."""
    lock(seat)
    require(may.SIGN, actor, seat)
    if seat.declined_at is not None:
        return seat
    if carries(seat):
        raise Refused(
            _(
                "Des dossiers vous sont confiés pour cet appel : demandez d’abord au service "
                "de vous les retirer."
            )
        )
    write(seat, declined_at=at or timezone.now(), declined_because=reason)
    messages.declined(seat, reason)
    return seat


def carries(seat):
    return seat.expert.assignments.filter(state="active", dossier__call=seat.call_id).exists()


@transaction.atomic
def set_capacity(seat, capacity, *, actor):
    """How many dossiers this expert may be given in this call; those already given stay."""
    lock(seat)
    require(may.KEEP_POOL, actor, seat)
    write(seat, capacity=capacity)
    return seat


@transaction.atomic
def describe(expert, *, actor, levels, subtopics=None, ties=None, capacities=None, **facts):
    """What an expert says of themselves; `levels` maps each theme to a level, or None.

    Rows left out stay as they are; given, they replace those known. A seat may only be lowered.
    """
    lock(expert)
    require(may.DESCRIBE, actor, expert)
    write(expert, **facts)
    for theme, level in levels.items():
        if level is None:
            Expertise.objects.filter(expert=expert, theme=theme).delete()
        else:
            Expertise.objects.update_or_create(
                expert=expert, theme=theme, defaults={"level": level}
            )
    replace_rows(expert.subtopics, subtopics)
    replace_rows(expert.ties, ties)
    for seat, capacity in (capacities or {}).items():
        lower(seat, capacity, actor=actor)
    look_for_links(expert)
    return expert


def replace_rows(known, rows):
    if rows is None:
        return
    known.all().delete()
    for row in rows:
        known.create(**row)


def lower(seat, capacity, *, actor):
    """Take fewer dossiers than asked; those already given stay."""
    lock(seat)
    require(may.SIGN, actor, seat)
    if capacity > seat.capacity:
        raise Refused(_("Seul le service de l’appel peut augmenter ce nombre."))
    write(seat, capacity=capacity)
