"""Django's door: imports the models of each feature and contains nothing else."""

from grants.appeals.models import Appeal, AppealStep
from grants.correspondence.models import Message, Note, Opinion
from grants.decisions.feedback import Feedback, FeedbackPart, FeedbackStep
from grants.decisions.models import (
    AidBasis,
    AidException,
    Allocation,
    AllocationStep,
    ControlChange,
    Decision,
    Promotion,
    Ranking,
    RankLine,
    Scenario,
)
from grants.disclosure.models import HandedCopy
from grants.dossiers.arrivals import RefusedUpload, Scan
from grants.dossiers.models import Answer, Document, Dossier, DossierStep, Submission
from grants.dossiers.records import Attempt, LateAccess, SectionCare, SignOff
from grants.formbuilder.models import FormVersion
from grants.funding.models import Entry, Envelope, Funder, PaymentCredit, PlannedPayment
from grants.history.models import Link, Seal
from grants.letters.models import DecisionLetter, FirstReading, LetterFailure, LetterTemplate
from grants.programmes.checks import CheckLine
from grants.programmes.criteria import Criterion
from grants.programmes.models import Call, CallStep, Duty, Programme, Theme
from grants.programmes.sharing import Draw, SharingBound, SharingRules
from grants.resemblance.models import ProjectText, RelatedCompany, SubmissionRead
from grants.screening.models import (
    Charge,
    Check,
    CompletionRequest,
    Export,
    QueueChoice,
    SavedView,
    Tag,
    Tagging,
)
from grants.votes.models import Amendment, Recusal, Report

__all__ = [
    "AidBasis",
    "AidException",
    "Allocation",
    "AllocationStep",
    "Amendment",
    "Answer",
    "Appeal",
    "AppealStep",
    "Attempt",
    "Call",
    "CallStep",
    "Charge",
    "Check",
    "CheckLine",
    "CompletionRequest",
    "ControlChange",
    "Criterion",
    "Decision",
    "DecisionLetter",
    "Document",
    "Dossier",
    "DossierStep",
    "Draw",
    "Duty",
    "Entry",
    "Envelope",
    "Export",
    "Feedback",
    "FeedbackPart",
    "FeedbackStep",
    "FirstReading",
    "FormVersion",
    "Funder",
    "HandedCopy",
    "LateAccess",
    "LetterFailure",
    "LetterTemplate",
    "Link",
    "Message",
    "Note",
    "Opinion",
    "PaymentCredit",
    "PlannedPayment",
    "Programme",
    "ProjectText",
    "Promotion",
    "QueueChoice",
    "RankLine",
    "Ranking",
    "Recusal",
    "RefusedUpload",
    "RelatedCompany",
    "Report",
    "SavedView",
    "Scan",
    "Scenario",
    "Seal",
    "SectionCare",
    "SharingBound",
    "SharingRules",
    "SignOff",
    "Submission",
    "SubmissionRead",
    "Tag",
    "Tagging",
    "Theme",
]
