"""Money set aside for awards, paid, given back.

Each act locks the envelope first and says kindly what the database would refuse. Amounts are given
positive; the kind of entry carries the sign.
"""

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from grants.funding import permissions as may
from grants.funding.operations.entering import NONE, add, credits_of, enter, refuse_more
from grants.funding.postings import PAID, Kind


@transaction.atomic
def commit(envelope, amount, *, reason, actor, reference=""):
    """Set money aside for an award; never beyond what the envelope has left."""
    amount = enter(envelope, amount, may.COMMIT, actor)
    refuse_more(envelope, amount, envelope.left, _("Il reste %(left)s sur « %(where)s »."))
    return add(envelope, Kind.COMMITMENT, -amount, reason=reason, reference=reference, actor=actor)


@transaction.atomic
def release(commitment, amount, *, reason, actor, reference=""):
    """Give back what was set aside and will not be paid."""
    amount = enter(commitment.envelope, amount, may.COMMIT, actor)
    refuse_beyond_commitment(commitment, amount)
    return follow_up(commitment, Kind.RELEASE, amount, reason, reference, actor)


@transaction.atomic
def pay(commitment, amount, *, reason, actor, reference=""):
    """Pay part of what is set aside, within the payment credits of the current year."""
    amount = enter(commitment.envelope, amount, may.PAY, actor)
    refuse_beyond_commitment(commitment, amount)
    year = timezone.localdate().year
    known = _("Il reste %(left)s de crédits de paiement %(year)s sur « %(where)s ».")
    left = credits_of(commitment.envelope, year).left
    refuse_more(commitment.envelope, amount, left, known.replace("%(year)s", str(year)))
    return follow_up(commitment, Kind.PAYMENT, -amount, reason, reference, actor, payable_in=year)


@transaction.atomic
def repay(commitment, amount, *, reason, actor, reference=""):
    """Record money that came back; it restores the credits of the years it was paid in."""
    amount = enter(commitment.envelope, amount, may.PAY, actor)
    _set_aside, paid = standing(commitment)
    known = _("%(left)s ont été payés sur cet engagement.")
    refuse_more(commitment.envelope, amount, paid, known)
    for year, spent in paid_by_year(commitment):
        part = min(amount, spent)
        if part:
            entry = follow_up(
                commitment, Kind.REPAYMENT, part, reason, reference, actor, payable_in=year
            )
        amount -= part
    return entry


def paid_by_year(commitment):
    """(year, euros paid and not given back), the latest first."""
    rows = commitment.movements.filter(kind__in=PAID).order_by("-payable_in")
    summed = rows.values_list("payable_in").annotate(Sum("amount"))
    return [(year, -amount) for year, amount in summed if amount < 0]


def refuse_beyond_commitment(commitment, amount):
    set_aside, paid = standing(commitment)
    known = _("Il reste %(left)s à payer sur cet engagement.")
    refuse_more(commitment.envelope, amount, set_aside - paid, known)


def standing(commitment):
    """What this commitment still sets aside, and what was paid of it."""
    set_aside, paid = -commitment.amount, NONE
    for kind, amount in commitment.movements.values_list("kind", "amount"):
        if kind == Kind.RELEASE:
            set_aside -= amount
        else:
            paid -= amount
    return set_aside, paid


def follow_up(commitment, kind, amount, reason, reference, actor, **columns):
    return add(
        commitment.envelope, kind, amount, reason=reason, reference=reference, actor=actor,
        commitment=commitment, **columns,
    )  # fmt: skip
