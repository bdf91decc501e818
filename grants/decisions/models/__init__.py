"""Rankings received, allocations, decisions and their letters."""

from grants.decisions.models.allocation import Allocation, AllocationStep
from grants.decisions.models.decision import Decision, DecisionLetter
from grants.decisions.models.ranking import Ranking, RankLine

__all__ = [
    "Allocation",
    "AllocationStep",
    "Decision",
    "DecisionLetter",
    "RankLine",
    "Ranking",
]
