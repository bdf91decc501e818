"""What every act begins and ends with: the envelope locked, the amount read, the entry written."""

from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.core.flow import lock
from grants.core.money import LARGEST, euro
from grants.core.wording import day, euros
from grants.funding.models import Entry, PaymentCredit

NONE = Decimal(0)
TOTALS = ["endowed", "committed", "paid"]


def enter(envelope, amount, rule, actor):
    """Take the envelope for the rest of the transaction and read the amount."""
    lock(envelope)
    require(rule, actor, envelope)
    return read(amount)


def enter_both(giver, receiver, amount, rule, actor):
    """Take two envelopes, always the same one first, so that two acts never wait for each other."""
    for envelope in sorted({giver, receiver}, key=lambda one: one.pk):
        lock(envelope)
        require(rule, actor, envelope)
    return read(amount)


def read(amount):
    wanted = Decimal(str(amount))
    if not wanted.is_finite() or not NONE < wanted <= LARGEST or wanted != euro(wanted):
        raise Refused(_("Le montant est un nombre d’euros supérieur à zéro, au centime près."))
    return euro(amount)


def dated(envelope, acted_on):
    """The day of the act: today, or one on which it could have been signed.

    A budget is voted in its year or in the year before, never earlier.
    """
    if acted_on is None:
        return timezone.localdate()
    if acted_on > timezone.localdate():
        raise Refused(_("L’acte est déjà signé : sa date n’est pas à venir."))
    first = date(envelope.year - 1, 1, 1)
    if acted_on < first:
        told = _("Les crédits de %(year)s ne se votent pas avant le %(first)s.")
        raise Refused(told % {"year": envelope.year, "first": day(first, weekday=False)})
    return acted_on


def refuse_more(envelope, amount, left, sentence):
    """Refuse an amount beyond what is left, saying how much that is."""
    if amount > left:
        told = sentence % {"left": euros(left), "where": envelope}
        raise Refused(told + " " + _("Vous demandez %(amount)s.") % {"amount": euros(amount)})


def refuse_too_large(total):
    if total > LARGEST:
        raise Refused(_("Ce montant dépasse ce qu’une enveloppe peut contenir."))


def refuse_same_act(envelope, kind, amount, **act):
    """A double click, or two people entering the same vote."""
    known = envelope.entries.filter(kind=kind, amount=amount, **act)
    if act["reference"] and known.exists():
        raise Refused(
            _("L’acte « %(reference)s » est déjà inscrit pour ce montant.")
            % {"reference": act["reference"]}
        )


def credits_of(envelope, year):
    """The payment credits of a year; none were opened if it has no row."""
    return envelope.credits.filter(year=year).first() or PaymentCredit(envelope=envelope, year=year)


def add(envelope, kind, amount, **columns):
    """Write the entry, then read the totals that the database moved."""
    entry = Entry.objects.create(envelope=envelope, kind=kind, amount=amount, **columns)
    envelope.refresh_from_db(fields=TOTALS)
    return entry


def reload(*envelopes):
    for envelope in envelopes:
        envelope.refresh_from_db(fields=TOTALS)
