"""Django's door: imports the models of each feature and contains nothing else."""

from reviews.assignments.models import Assignment, AssignmentStep
from reviews.evaluations.models import Evaluation, EvaluationStep, Score
from reviews.evaluations.remarks import Remark
from reviews.experts.models import Expert, Expertise, Interest, Seat
from reviews.phases.models import Phase

__all__ = [
    "Assignment",
    "AssignmentStep",
    "Evaluation",
    "EvaluationStep",
    "Expert",
    "Expertise",
    "Interest",
    "Phase",
    "Remark",
    "Score",
    "Seat",
]
