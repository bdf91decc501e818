"""Movements of money: each is checked in words here, and by the database whoever asks."""

from grants.funding.operations.committing import commit, pay, release, repay, standing
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

__all__ = [
    "Act",
    "add_funder",
    "allot",
    "carry_over",
    "close_credits",
    "commit",
    "create_envelope",
    "endow",
    "give_back",
    "open_credits",
    "open_part",
    "pay",
    "plan",
    "reduce",
    "release",
    "repay",
    "standing",
]
