"""Pages of a dossier, from the first question to the receipt."""

from grants.dossiers.views.documents import attach, document, files, preview, remove
from grants.dossiers.views.filing import check, receipt, submit, withdraw
from grants.dossiers.views.reading import begin, detail, list
from grants.dossiers.views.revised_form import acknowledge_form
from grants.dossiers.views.writing import save, section

__all__ = [
    "acknowledge_form",
    "attach",
    "begin",
    "check",
    "detail",
    "document",
    "files",
    "list",
    "preview",
    "receipt",
    "remove",
    "save",
    "section",
    "submit",
    "withdraw",
]
