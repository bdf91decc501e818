"""Django's door: imports the models of each feature and contains nothing else."""

from reviews.assignments.models import Assignment, AssignmentStep
from reviews.evaluations.models import Evaluation, EvaluationStep, Score
from reviews.experts.models import Expert, Expertise, Interest, Seat
from reviews.panels.models import (
    RankedAssignment,
    RankedDossier,
    RankedEvaluation,
    RankingStamp,
)

__all__ = [
    "Assignment",
    "AssignmentStep",
    "Evaluation",
    "EvaluationStep",
    "Expert",
    "Expertise",
    "Interest",
    "RankedAssignment",
    "RankedDossier",
    "RankedEvaluation",
    "RankingStamp",
    "Score",
    "Seat",
]
