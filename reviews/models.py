"""Django's door: imports the models of each feature and contains nothing else."""

from reviews.assignments.models import Assignment, AssignmentStep
from reviews.assignments.rules import AssignmentRules, SeatRule, Wish
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
from reviews.experts.background import Subtopic, Tie
from reviews.experts.models import Expert, Expertise, Interest, Seat
from reviews.experts.signatures import Signature
from reviews.links.models import CallLook, DetectedLink, DetectedLinkStep
from reviews.panels.models import (
    RankedAssignment,
    RankedDossier,
    RankedEvaluation,
    RankingStamp,
)

__all__ = [
    "Assignment",
    "AssignmentRules",
    "AssignmentStep",
    "Attendance",
    "Ballot",
    "CallLook",
    "DetectedLink",
    "DetectedLinkStep",
    "Evaluation",
    "EvaluationStep",
    "Expert",
    "Expertise",
    "Interest",
    "Item",
    "ItemStep",
    "Member",
    "Minutes",
    "RankedAssignment",
    "RankedDossier",
    "RankedEvaluation",
    "RankingStamp",
    "Remark",
    "Score",
    "Seat",
    "SeatRule",
    "Session",
    "SessionStep",
    "Signature",
    "Subtopic",
    "Tie",
    "Wish",
    "Withdrawal",
]
