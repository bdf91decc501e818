"""The chart of accounts: each kind of entry moves its amount from one account to another.

A row is one movement, so that debit equals credit in every one of them; a move between envelopes,
or between two years, is two rows that the database accepts only together. Commitment credits (AE)
go from the funders to what is available, then to what is committed. Payment credits (CP) are opened
for a year and go to what is paid in that year.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Account(models.TextChoices):
    FUNDERS = "funders", _("Financeurs (AE)")
    TRANSFERS = "transfers", _("Virements entre enveloppes (AE)")
    AVAILABLE = "available", _("AE disponibles")
    COMMITTED = "committed", _("AE engagées")
    CP_FUNDERS = "cp_funders", _("Financeurs (CP)")
    CP_TRANSFERS = "cp_transfers", _("Virements de CP")
    CP_AVAILABLE = "cp_available", _("CP disponibles")
    PAID = "paid", _("CP payés")


class Kind(models.TextChoices):
    ENDOWMENT = "endowment", _("Dotation")
    REDUCTION = "reduction", _("Réduction")
    COMMITMENT = "commitment", _("Engagement")
    RELEASE = "release", _("Dégagement")
    PAYMENT = "payment", _("Paiement")
    REPAYMENT = "repayment", _("Reversement")
    GIVEN = "given", _("Virement versé")
    RECEIVED = "received", _("Virement reçu")
    OPENING = "opening", _("Ouverture de CP")
    CLOSING = "closing", _("Réduction de CP")
    CP_GIVEN = "cp_given", _("Virement de CP versé")
    CP_RECEIVED = "cp_received", _("Virement de CP reçu")


# Credited account, debited account.
POSTINGS = {
    Kind.ENDOWMENT: (Account.FUNDERS, Account.AVAILABLE),
    Kind.REDUCTION: (Account.AVAILABLE, Account.FUNDERS),
    Kind.COMMITMENT: (Account.AVAILABLE, Account.COMMITTED),
    Kind.RELEASE: (Account.COMMITTED, Account.AVAILABLE),
    Kind.GIVEN: (Account.AVAILABLE, Account.TRANSFERS),
    Kind.RECEIVED: (Account.TRANSFERS, Account.AVAILABLE),
    Kind.OPENING: (Account.CP_FUNDERS, Account.CP_AVAILABLE),
    Kind.CLOSING: (Account.CP_AVAILABLE, Account.CP_FUNDERS),
    Kind.CP_GIVEN: (Account.CP_AVAILABLE, Account.CP_TRANSFERS),
    Kind.CP_RECEIVED: (Account.CP_TRANSFERS, Account.CP_AVAILABLE),
    Kind.PAYMENT: (Account.CP_AVAILABLE, Account.PAID),
    Kind.REPAYMENT: (Account.PAID, Account.CP_AVAILABLE),
}
# What an entry adds to the available credits, AE or CP, is positive; what it takes is negative.
ADDING = [k for k, (_from, to) in POSTINGS.items() if to in {"available", "cp_available"}]
TAKING = [k for k in POSTINGS if k not in ADDING]

OF_FUNDERS = [Kind.ENDOWMENT, Kind.REDUCTION, Kind.OPENING, Kind.CLOSING]
ENDOWED = [Kind.ENDOWMENT, Kind.REDUCTION, Kind.GIVEN, Kind.RECEIVED]
COMMITTED = [Kind.COMMITMENT, Kind.RELEASE]
OPENED = [Kind.OPENING, Kind.CLOSING, Kind.CP_GIVEN, Kind.CP_RECEIVED]
PAID = [Kind.PAYMENT, Kind.REPAYMENT]
OF_COMMITMENT = [Kind.RELEASE, *PAID]
OF_YEAR = [*OPENED, *PAID]
GIVING = [Kind.GIVEN, Kind.CP_GIVEN]
RECEIVING = [Kind.RECEIVED, Kind.CP_RECEIVED]
# Acts that somebody signs, under a number: each is entered once.
ACTS = [*OF_FUNDERS, *RECEIVING]

# The entries behind each figure of an envelope, and the sign that turns their sum into it: the
# balance of each account, and what pages name otherwise.
FIGURES = {
    account.value: (
        [kind for kind, pair in POSTINGS.items() if account in pair],
        1 if account in {Account.AVAILABLE, Account.CP_AVAILABLE} else -1,
    )
    for account in Account
} | {
    "endowed": (ENDOWED, 1),
    "left": ([*ENDOWED, *COMMITTED], 1),
    "opened": (OPENED, 1),
}


def quoted(kinds):
    """A list of kinds as SQL: they are our own words."""
    return ", ".join(f"'{kind.value}'" for kind in kinds)
