"""What funders bring and take back: commitment credits (AE) and payment credits (CP)."""

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.core.flow import lock
from grants.core.wording import euros
from grants.funding import permissions as may
from grants.funding.models import Envelope, Funder
from grants.funding.models.envelope import FIRST_YEAR, LAST_YEAR
from grants.funding.operations.entering import (
    NONE,
    add,
    credits_of,
    dated,
    enter,
    refuse_more,
    refuse_same_act,
    refuse_too_large,
)
from grants.funding.postings import Kind
from grants.programmes import permissions as programmes_may


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
def add_funder(programme, *, name, actor):
    """Another funder, whose credits are then told apart by name."""
    lock(programme)
    require(programmes_may.RUN_PROGRAMME, actor, programme)
    name = " ".join(name.split())
    known = programme.funders.filter(name__iexact=name).exists()
    if known or name.casefold() == programme.funder.casefold():
        raise Refused(_("« %(name)s » est déjà un financeur de ce programme.") % {"name": name})
    return Funder.objects.create(programme=programme, name=name)


@transaction.atomic
def endow(envelope, amount, *, reason, reference, actor, acted_on=None, funder=None):
    """Add voted commitment credits, by a dated act that can be entered once."""
    amount = enter(envelope, amount, may.ENDOW, actor)
    act = act_of(envelope, reference, acted_on, funder)
    refuse_same_act(envelope, Kind.ENDOWMENT, amount, **act)
    refuse_too_large(envelope.endowed + amount)
    return add(envelope, Kind.ENDOWMENT, amount, reason=reason, actor=actor, **act)


@transaction.atomic
def reduce(envelope, amount, *, reason, reference, actor, acted_on=None, funder=None):
    """Take commitment credits back, by a dated act; what is already committed stays."""
    amount = enter(envelope, amount, may.ENDOW, actor)
    act = act_of(envelope, reference, acted_on, funder)
    refuse_same_act(envelope, Kind.REDUCTION, -amount, **act)
    refuse_cut(amount, envelope.endowed, envelope.committed, told_of_commitments())
    refuse_beyond_funder(envelope, amount, [Kind.ENDOWMENT, Kind.REDUCTION], funder)
    return add(envelope, Kind.REDUCTION, -amount, reason=reason, actor=actor, **act)


@transaction.atomic
def open_credits(envelope, amount, *, year, reason, reference, actor, acted_on=None, funder=None):
    """Open payment credits for a year; nothing is paid in it beyond them."""
    amount = enter(envelope, amount, may.ENDOW, actor)
    act = act_of(envelope, reference, acted_on, funder) | {"payable_in": year_of(envelope, year)}
    refuse_same_act(envelope, Kind.OPENING, amount, **act)
    refuse_too_large(credits_of(envelope, year).opened + amount)
    return add(envelope, Kind.OPENING, amount, reason=reason, actor=actor, **act)


@transaction.atomic
def close_credits(envelope, amount, *, year, reason, reference, actor, acted_on=None, funder=None):
    """Take payment credits of a year back; what is already paid stays."""
    amount = enter(envelope, amount, may.ENDOW, actor)
    act = act_of(envelope, reference, acted_on, funder) | {"payable_in": year_of(envelope, year)}
    refuse_same_act(envelope, Kind.CLOSING, -amount, **act)
    found = credits_of(envelope, year)
    refuse_cut(amount, found.opened, found.paid, told_of_payments(year))
    refuse_beyond_funder(envelope, amount, [Kind.OPENING, Kind.CLOSING], funder, payable_in=year)
    return add(envelope, Kind.CLOSING, -amount, reason=reason, actor=actor, **act)


def act_of(envelope, reference, acted_on, funder):
    if envelope.parent_id:
        raise Refused(_("Une sous-enveloppe reçoit ses crédits de son enveloppe."))
    if funder is not None and funder.programme_id != envelope.programme_id:
        raise Refused(_("Ce financeur n’est pas de ce programme."))
    return {"reference": reference, "acted_on": dated(envelope, acted_on), "funder": funder}


def year_of(envelope, year):
    """Credits of an envelope are paid in its year or later."""
    if not max(envelope.year, FIRST_YEAR) <= year <= LAST_YEAR:
        raise Refused(
            _("L’exercice de paiement va de %(first)s à %(last)s.")
            % {"first": envelope.year, "last": LAST_YEAR}
        )
    return year


def told_of_commitments():
    return _(
        "%(used)s sont déjà engagés sur %(opened)s. Vous pouvez retirer au plus %(left)s ; "
        "vous demandez %(amount)s."
    )


def told_of_payments(year):
    told = _(
        "%(used)s sont déjà payés en %(year)s sur %(opened)s ouverts. Vous pouvez retirer au plus "
        "%(left)s ; vous demandez %(amount)s."
    )
    return told.replace("%(year)s", str(year))


def refuse_cut(amount, opened, used, sentence):
    """Refuse a cut below what is used, saying how much is, and what may be cut."""
    left = opened - used
    if amount > left:
        told = {"used": used, "opened": opened, "left": left, "amount": amount}
        raise Refused(sentence % {name: euros(value) for name, value in told.items()})


def refuse_beyond_funder(envelope, amount, kinds, funder, **columns):
    """Another funder takes back no more than it brought; the programme's own answers for the rest,
    what was carried over included."""
    if funder is None:
        return
    own = envelope.entries.filter(kind__in=kinds, funder=funder, **columns)
    brought = own.aggregate(total=Sum("amount"))["total"] or NONE
    known = _("%(left)s ont été apportés par « %(name)s » sur « %(where)s ».")
    refuse_more(envelope, amount, brought, known.replace("%(name)s", str(funder)))
