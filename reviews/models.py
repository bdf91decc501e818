"""Django's door: imports the models of each feature and contains nothing else."""

from reviews.assignments.models import Assignment, AssignmentStep
from reviews.assignments.rules import AssignmentRules, SeatRule, Wish
from reviews.evaluations.models import Evaluation, EvaluationStep, Score
from reviews.experts.models import Expert, Expertise, Interest, Seat

__all__ = [
    "Assignment",
    "AssignmentRules",
    "AssignmentStep",
    "Evaluation",
    "EvaluationStep",
    "Expert",
    "Expertise",
    "Interest",
    "Score",
    "Seat",
    "SeatRule",
    "Wish",
]
