"""Django's door: imports the models of each feature and contains nothing else."""

from grants.decisions.models import (
    Allocation,
    AllocationStep,
    Decision,
    DecisionLetter,
    Ranking,
    RankLine,
)
from grants.dossiers.arrivals import RefusedUpload, Scan
from grants.dossiers.models import Answer, Document, Dossier, DossierStep, Submission
from grants.dossiers.records import Attempt
from grants.formbuilder.models import FormVersion
from grants.funding.models import Entry, Envelope
from grants.programmes.models import Call, CallStep, Criterion, Duty, Programme, Theme
from grants.screening.models import Check, CompletionRequest

__all__ = [
    "Allocation",
    "AllocationStep",
    "Answer",
    "Attempt",
    "Call",
    "CallStep",
    "Check",
    "CompletionRequest",
    "Criterion",
    "Decision",
    "DecisionLetter",
    "Document",
    "Dossier",
    "DossierStep",
    "Duty",
    "Entry",
    "Envelope",
    "FormVersion",
    "Programme",
    "RankLine",
    "Ranking",
    "RefusedUpload",
    "Scan",
    "Submission",
    "Theme",
]
