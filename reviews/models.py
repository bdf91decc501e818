"""Django's door: imports the models of each feature and contains nothing else."""

from reviews.assignments.models import Assignment, AssignmentStep
from reviews.assignments.rules import AssignmentRules, SeatRule, Wish
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
    "CallLook",
    "DetectedLink",
    "DetectedLinkStep",
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
    "SeatRule",
    "Signature",
    "Subtopic",
    "Tie",
    "Wish",
]
