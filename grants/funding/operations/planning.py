"""What a commitment is expected to cost year by year, and whether credits will be there."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.core.flow import lock
from grants.core.wording import euros
from grants.funding import permissions as may
from grants.funding.models import PlannedPayment
from grants.funding.operations.committing import paid_by_year, standing
from grants.funding.operations.entering import read


@transaction.atomic
def plan(commitment, amounts, *, actor):
    """Write the schedule of a commitment anew: euros by year, payments made included.

    Too few payment credits in a year do not stop a plan; they stop a payment.
    """
    envelope = commitment.envelope
    lock(envelope)
    require(may.PLAN, actor, envelope)
    amounts = {year: read(amount) for year, amount in amounts.items() if amount}
    refuse_other_total(commitment, sum(amounts.values()))
    refuse_odd_years(commitment, amounts)
    commitment.planned.all().delete()
    return PlannedPayment.objects.bulk_create(
        PlannedPayment(commitment=commitment, year=year, amount=amount)
        for year, amount in sorted(amounts.items())
    )


def refuse_other_total(commitment, total):
    set_aside, _paid = standing(commitment)
    if total != set_aside:
        raise Refused(
            _("L’échéancier fait %(total)s ; l’engagement est de %(aside)s.")
            % {"total": euros(total), "aside": euros(set_aside)}
        )


def refuse_odd_years(commitment, amounts):
    """Nothing is paid before the year of the envelope, nor unpaid once it is paid."""
    first = commitment.envelope.year
    if any(year < first for year in amounts):
        raise Refused(_("Rien ne se paie avant %(year)s.") % {"year": first})
    for year, paid in paid_by_year(commitment):
        if amounts.get(year, 0) < paid:
            raise Refused(
                _("%(paid)s sont déjà payés en %(year)s : prévoyez au moins ce montant.")
                % {"paid": euros(paid), "year": year}
            )
