"""Rankings received, allocations, decisions."""

from grants.decisions.models.allocation import Allocation, AllocationStep
from grants.decisions.models.decision import Decision
from grants.decisions.models.ranking import Ranking, RankLine

__all__ = [
    "Allocation",
    "AllocationStep",
    "Decision",
    "RankLine",
    "Ranking",
]
