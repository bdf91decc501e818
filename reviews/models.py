"""Django's door: imports the models of each feature and contains nothing else."""

from reviews.assignments.models import Assignment, AssignmentStep
from reviews.committees.models import (
    Attendance,
    Ballot,
    Item,
    ItemStep,
    Member,
    Minutes,
    Remark,
    Session,
    SessionStep,
    Withdrawal,
)
from reviews.evaluations.models import Evaluation, EvaluationStep, Score
from reviews.experts.models import Expert, Expertise, Interest, Seat

__all__ = [
    "Assignment",
    "AssignmentStep",
    "Attendance",
    "Ballot",
    "Evaluation",
    "EvaluationStep",
    "Expert",
    "Expertise",
    "Interest",
    "Item",
    "ItemStep",
    "Member",
    "Minutes",
    "Remark",
    "Score",
    "Seat",
    "Session",
    "SessionStep",
    "Withdrawal",
]
