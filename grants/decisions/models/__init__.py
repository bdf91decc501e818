"""Rankings received, allocations, decisions."""

from grants.decisions.models.aid import AidBasis, AidException, ControlChange
from grants.decisions.models.allocation import Allocation, AllocationStep
from grants.decisions.models.decision import Decision
from grants.decisions.models.promotion import Promotion
from grants.decisions.models.ranking import Ranking, RankLine
from grants.decisions.models.scenario import Scenario

__all__ = [
    "AidBasis",
    "AidException",
    "Allocation",
    "AllocationStep",
    "ControlChange",
    "Decision",
    "Promotion",
    "RankLine",
    "Ranking",
    "Scenario",
]
