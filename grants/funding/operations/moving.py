"""Credits that go from an envelope to another, or from a year to the next: two legs, one act."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.core.flow import lock
from grants.funding import permissions as may
from grants.funding.models import Entry, Envelope
from grants.funding.operations.endowing import create_envelope, year_of
from grants.funding.operations.entering import (
    add,
    credits_of,
    dated,
    enter_both,
    refuse_more,
    refuse_same_act,
    refuse_too_large,
    reload,
)
from grants.funding.postings import Kind


@dataclass(frozen=True)
class Act:
    """What was signed, by which the credits move."""

    reason: str
    reference: str
    acted_on: date | None = None


@transaction.atomic
def open_part(parent, *, name, amount, act, actor):
    """A sub-envelope, by theme, department or strand; its credits come out of its envelope."""
    lock(parent)
    require(may.ENDOW, actor, parent)
    if parent.parent_id:
        raise Refused(_("Une sous-enveloppe ne se divise pas."))
    if parent.programme.envelopes.filter(year=parent.year, name=name).exists():
        raise Refused(_("Cette enveloppe existe déjà pour cet exercice."))
    part = Envelope.objects.create(
        programme=parent.programme, year=parent.year, name=name, parent=parent
    )
    allot(part, amount, act=act, actor=actor)
    return part


@transaction.atomic
def allot(part, amount, *, act, actor, year=None):
    """Give a sub-envelope credits of its envelope: AE, or the CP of a year."""
    return move(part.parent, part, amount, act=act, actor=actor, year=year)


@transaction.atomic
def give_back(part, amount, *, act, actor, year=None):
    """Return free credits of a sub-envelope to its envelope: AE, or the CP of a year."""
    return move(part, part.parent, amount, act=act, actor=actor, year=year)


@transaction.atomic
def carry_over(envelope, *, amount, credits, act, actor, to=None):
    """Report to the next year: free AE to an envelope of that year, unspent CP where they are.

    Both at once; without a receiving envelope named, the one of the same name is opened.
    """
    if not amount and not credits:
        raise Refused(_("Indiquez ce qui est reporté : des AE, des CP, ou les deux."))
    if amount:
        to = to or next_of(envelope, actor)
        if to.programme_id != envelope.programme_id or to.year != envelope.year + 1:
            raise Refused(_("Le report va vers une enveloppe de l’exercice suivant."))
        move(envelope, to, amount, act=act, actor=actor)
    if credits:
        move(envelope, envelope, credits, act=act, actor=actor, year=envelope.year, later=1)
    return to


def next_of(envelope, actor):
    """The envelope of the same name in the next year, opened in the same place if need be."""
    named = {"year": envelope.year + 1, "name": envelope.name}
    found = envelope.programme.envelopes.filter(**named).first()
    if found or not envelope.parent_id:
        return found or create_envelope(envelope.programme, actor=actor, **named)
    above = next_of(envelope.parent, actor)
    return Envelope.objects.create(programme=envelope.programme, parent=above, **named)


def move(giver, receiver, amount, *, act, actor, year=None, later=0):
    """Both legs. `year` moves the payment credits of that year, `later` years on."""
    amount = enter_both(giver, receiver, amount, may.ENDOW, actor)
    signed = {"reference": act.reference, "acted_on": dated(giver, act.acted_on)}
    given, received = Kind.GIVEN, Kind.RECEIVED
    there = {**signed}
    if year is not None:
        given, received = Kind.CP_GIVEN, Kind.CP_RECEIVED
        signed["payable_in"] = year_of(giver, year)
        there["payable_in"] = year + later
    refuse_same_act(receiver, received, amount, **there)
    refuse_beyond_free(giver, amount, year)
    refuse_too_large(holding(receiver, year and year + later) + amount)
    written = {"reason": act.reason, "actor": actor}
    source = Entry.objects.create(envelope=giver, kind=given, amount=-amount, **written, **signed)
    entry = add(receiver, received, amount, source=source, **written, **there)
    reload(giver, receiver)
    return entry


def refuse_beyond_free(giver, amount, year):
    if year is None:
        refuse_more(giver, amount, giver.left, _("Il reste %(left)s libres sur « %(where)s »."))
    else:
        left = credits_of(giver, year).left
        known = _("Il reste %(left)s de CP %(year)s libres sur « %(where)s ».")
        refuse_more(giver, amount, left, known.replace("%(year)s", str(year)))


def holding(envelope, year):
    return envelope.endowed if year is None else credits_of(envelope, year).opened
