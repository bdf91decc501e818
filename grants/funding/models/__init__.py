"""Tables of the money: envelopes, their credits, the ledger, what is expected to be paid."""

from grants.funding.models.entry import Entry, PlannedPayment
from grants.funding.models.envelope import Envelope, Funder, PaymentCredit

__all__ = ["Entry", "Envelope", "Funder", "PaymentCredit", "PlannedPayment"]
