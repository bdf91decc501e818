"""What happens to a dossier in its authors' hands, one function per act."""

from grants.dossiers.operations.beginning import begin
from grants.dossiers.operations.caring import complete, entrust, reopen
from grants.dossiers.operations.documents import attach, remove_document
from grants.dossiers.operations.letting_in import let_in, take_back_access
from grants.dossiers.operations.reminding import remind_of_draft
from grants.dossiers.operations.revised_form import acknowledge_form
from grants.dossiers.operations.scanning import scan, take_to_scan
from grants.dossiers.operations.signing import ask_for_sign_off, sign
from grants.dossiers.operations.submitting import submit
from grants.dossiers.operations.withdrawing import withdraw
from grants.dossiers.operations.writing import Clash, Saved, autosave, save_answer, save_section

__all__ = [
    "Clash",
    "Saved",
    "acknowledge_form",
    "ask_for_sign_off",
    "attach",
    "autosave",
    "begin",
    "complete",
    "entrust",
    "let_in",
    "remind_of_draft",
    "remove_document",
    "reopen",
    "save_answer",
    "save_section",
    "scan",
    "sign",
    "submit",
    "take_back_access",
    "take_to_scan",
    "withdraw",
]
