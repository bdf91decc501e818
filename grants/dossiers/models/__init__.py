"""Tables of a dossier: itself, what it holds, what was handed in."""

from grants.dossiers.models.content import Answer, Document
from grants.dossiers.models.dossier import Dossier, DossierStep
from grants.dossiers.models.submission import Submission

__all__ = ["Answer", "Document", "Dossier", "DossierStep", "Submission"]
