"""Movements of money: each is checked in words here, and by the database whoever asks."""

from grants.funding.operations.committing import (
    commit,
    paid_by_year,
    pay,
    release,
    repay,
    standing,
)
from grants.funding.operations.endowing import (
    add_funder,
    close_credits,
    create_envelope,
    endow,
    open_credits,
    reduce,
)
from grants.funding.operations.moving import Act, allot, carry_over, give_back, open_part
from grants.funding.operations.planning import plan
from grants.funding.operations.recounting import check_ledger

__all__ = [
    "Act",
    "add_funder",
    "allot",
    "carry_over",
    "check_ledger",
    "close_credits",
    "commit",
    "create_envelope",
    "endow",
    "give_back",
    "open_credits",
    "open_part",
    "paid_by_year",
    "pay",
    "plan",
    "reduce",
    "release",
    "repay",
    "standing",
]
