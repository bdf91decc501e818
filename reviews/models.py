"""Django's door: imports the models of each feature and contains nothing else."""

from reviews.assignments.models import Assignment, AssignmentStep
from reviews.evaluations.models import Evaluation, EvaluationStep, Score
from reviews.evaluations.remarks import Remark
from reviews.evaluations.stale import Deposit, Ground, StaleFlag
from reviews.experts.models import Expert, Expertise, Interest, Seat
from reviews.panels.firm import FirmRanking
from reviews.phases.models import Phase

__all__ = [
    "Assignment",
    "AssignmentStep",
    "Deposit",
    "Evaluation",
    "EvaluationStep",
    "Expert",
    "Expertise",
    "FirmRanking",
    "Ground",
    "Interest",
    "Phase",
    "Remark",
    "Score",
    "Seat",
    "StaleFlag",
]
