"""From a ranking received to decisions announced."""

from grants.decisions.operations.announcing import announce
from grants.decisions.operations.checking import check, propose, send_back
from grants.decisions.operations.preparing import prepare, revise
from grants.decisions.operations.receiving import receive_ranking

__all__ = [
    "announce",
    "check",
    "prepare",
    "propose",
    "receive_ranking",
    "revise",
    "send_back",
]
