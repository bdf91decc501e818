"""Django's door: imports the models of each feature and contains nothing else."""

from reviews.assignments.models import Assignment, AssignmentStep
from reviews.assignments.rules import AssignmentRules, SeatRule, Wish
from reviews.assignments.tally import HeldDossier, ReadingTally
from reviews.casefile.models import IssuedFile
from reviews.committees.models import (
    Attendance,
    Ballot,
    Item,
    ItemStep,
    Member,
    Session,
    SessionStep,
    Withdrawal,
)
from reviews.committees.records import Minutes, Remark
from reviews.copies.models import BlindCopy, CopyRuling
from reviews.evaluations.models import Evaluation, EvaluationStep, Score
from reviews.evaluations.remarks import DiscussionNote
from reviews.evaluations.stale import Deposit, Ground, StaleFlag
from reviews.experts.background import Subtopic, Tie
from reviews.experts.models import Expert, Expertise, Interest, Seat
from reviews.experts.signatures import Signature
from reviews.links.models import CallLook, DetectedLink, DetectedLinkStep
from reviews.panels.firm import FirmRanking
from reviews.panels.models import (
    RankedAssignment,
    RankedDossier,
    RankedEvaluation,
    RankingStamp,
)
from reviews.phases.models import Phase

__all__ = [
    "Assignment",
    "AssignmentRules",
    "AssignmentStep",
    "Attendance",
    "Ballot",
    "BlindCopy",
    "CallLook",
    "CopyRuling",
    "Deposit",
    "DetectedLink",
    "DetectedLinkStep",
    "DiscussionNote",
    "Evaluation",
    "EvaluationStep",
    "Expert",
    "Expertise",
    "FirmRanking",
    "Ground",
    "HeldDossier",
    "Interest",
    "IssuedFile",
    "Item",
    "ItemStep",
    "Member",
    "Minutes",
    "Phase",
    "RankedAssignment",
    "RankedDossier",
    "RankedEvaluation",
    "RankingStamp",
    "ReadingTally",
    "Remark",
    "Score",
    "Seat",
    "SeatRule",
    "Session",
    "SessionStep",
    "Signature",
    "StaleFlag",
    "Subtopic",
    "Tie",
    "Wish",
    "Withdrawal",
]
