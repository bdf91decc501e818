"""Movements of money. Each locks the envelope first and says kindly what the database would refuse.

Amounts are given positive; the kind of entry carries the sign.
"""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.core.flow import lock
from grants.core.money import LARGEST, euro
from grants.core.wording import euros
from grants.funding import permissions as may
from grants.funding.models import Entry, Envelope
from grants.programmes import permissions as programmes_may

Kind = Entry.Kind
NONE = Decimal(0)


@transaction.atomic
def create_envelope(programme, *, actor, year, name, voted_reference=""):
    """Open the credits of a programme for a year, empty until they are endowed."""
    lock(programme)
    require(programmes_may.RUN_PROGRAMME, actor, programme)
    if programme.envelopes.filter(year=year, name=name).exists():
        raise Refused(_("Cette enveloppe existe déjà pour cet exercice."))
    return Envelope.objects.create(
        programme=programme, year=year, name=name, voted_reference=voted_reference
    )


@transaction.atomic
def endow(envelope, amount, *, reason, reference, actor):
    """Add voted credits, by an act that can be entered once."""
    amount = enter(envelope, amount, may.ENDOW, actor)
    refuse_same_act(envelope, Kind.ENDOWMENT, amount, reference)
    if envelope.endowed + amount > LARGEST:
        raise Refused(_("Ce montant dépasse ce qu’une enveloppe peut contenir."))
    return add(envelope, Kind.ENDOWMENT, amount, reason, reference, actor)


@transaction.atomic
def reduce(envelope, amount, *, reason, reference, actor):
    """Take credits back, by an act; what is already committed stays."""
    amount = enter(envelope, amount, may.ENDOW, actor)
    refuse_same_act(envelope, Kind.REDUCTION, -amount, reference)
    free = _("Il reste %(left)s non engagés sur « %(where)s ».")
    refuse_more(envelope, amount, envelope.left, free)
    return add(envelope, Kind.REDUCTION, -amount, reason, reference, actor)


@transaction.atomic
def commit(envelope, amount, *, reason, actor, reference=""):
    """Set money aside for an award; never beyond what the envelope has left."""
    amount = enter(envelope, amount, may.COMMIT, actor)
    refuse_more(envelope, amount, envelope.left, _("Il reste %(left)s sur « %(where)s »."))
    return add(envelope, Kind.COMMITMENT, -amount, reason, reference, actor)


@transaction.atomic
def release(commitment, amount, *, reason, actor, reference=""):
    """Give back what was set aside and will not be paid."""
    amount = enter(commitment.envelope, amount, may.COMMIT, actor)
    refuse_beyond_commitment(commitment, amount)
    return follow_up(commitment, Kind.RELEASE, amount, reason, reference, actor)


@transaction.atomic
def pay(commitment, amount, *, reason, actor, reference=""):
    """Pay part of what was set aside; never more than is still set aside."""
    amount = enter(commitment.envelope, amount, may.PAY, actor)
    refuse_beyond_commitment(commitment, amount)
    return follow_up(commitment, Kind.PAYMENT, -amount, reason, reference, actor)


@transaction.atomic
def repay(commitment, amount, *, reason, actor, reference=""):
    """Record money that came back; never more than was paid."""
    amount = enter(commitment.envelope, amount, may.PAY, actor)
    _set_aside, paid = standing(commitment)
    known = _("%(left)s ont été payés sur cet engagement.")
    refuse_more(commitment.envelope, amount, paid, known)
    return follow_up(commitment, Kind.REPAYMENT, amount, reason, reference, actor)


def enter(envelope, amount, rule, actor):
    """Take the envelope for the rest of the transaction and read the amount."""
    lock(envelope)
    require(rule, actor, envelope)
    wanted = Decimal(str(amount))
    if not wanted.is_finite() or not NONE < wanted <= LARGEST or wanted != euro(wanted):
        raise Refused(_("Le montant est un nombre d’euros supérieur à zéro, au centime près."))
    return euro(amount)


def refuse_more(envelope, amount, left, sentence):
    """Refuse an amount beyond what is left, saying how much that is."""
    if amount > left:
        told = sentence % {"left": euros(left), "where": envelope}
        raise Refused(told + " " + _("Vous demandez %(amount)s.") % {"amount": euros(amount)})


def refuse_beyond_commitment(commitment, amount):
    set_aside, paid = standing(commitment)
    known = _("Il reste %(left)s à payer sur cet engagement.")
    refuse_more(commitment.envelope, amount, set_aside - paid, known)


def refuse_same_act(envelope, kind, amount, reference):
    """A double click, or two people entering the same vote."""
    if envelope.entries.filter(kind=kind, amount=amount, reference=reference).exists():
        raise Refused(
            _("L’acte « %(reference)s » est déjà inscrit pour ce montant.")
            % {"reference": reference}
        )


def standing(commitment):
    """What this commitment still sets aside, and what was paid of it."""
    set_aside, paid = -commitment.amount, NONE
    for kind, amount in commitment.movements.values_list("kind", "amount"):
        if kind == Kind.RELEASE:
            set_aside -= amount
        else:
            paid -= amount
    return set_aside, paid


def follow_up(commitment, kind, amount, reason, reference, actor):
    return add(commitment.envelope, kind, amount, reason, reference, actor, commitment=commitment)


def add(envelope, kind, amount, reason, reference, actor, **links):
    """Write the entry, then read the totals that the database moved."""
    entry = Entry.objects.create(
        envelope=envelope,
        kind=kind,
        amount=amount,
        reason=reason,
        reference=reference,
        actor=actor,
        **links,
    )
    envelope.refresh_from_db(fields=["endowed", "committed", "paid"])
    return entry
