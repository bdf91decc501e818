"""What happens to a dossier in its authors' hands, one function per act."""

from grants.dossiers.operations.beginning import begin
from grants.dossiers.operations.documents import attach, remove_document
from grants.dossiers.operations.reminding import remind_of_draft
from grants.dossiers.operations.revised_form import acknowledge_form
from grants.dossiers.operations.scanning import scan, take_to_scan
from grants.dossiers.operations.submitting import submit
from grants.dossiers.operations.withdrawing import withdraw
from grants.dossiers.operations.writing import Clash, Saved, save_answer, save_section

__all__ = [
    "Clash",
    "Saved",
    "acknowledge_form",
    "attach",
    "begin",
    "remind_of_draft",
    "remove_document",
    "save_answer",
    "save_section",
    "scan",
    "submit",
    "take_to_scan",
    "withdraw",
]
