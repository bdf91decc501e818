"""Pages of a dossier, from the first question to the receipt."""

from grants.dossiers.views.caring import care
from grants.dossiers.views.documents import attach, document, files, preview, remove
from grants.dossiers.views.filing import check, submit, withdraw
from grants.dossiers.views.late import end_late, late
from grants.dossiers.views.reading import answers, begin, detail, list, pdf
from grants.dossiers.views.revised_form import acknowledge_form
from grants.dossiers.views.saving import presence, save
from grants.dossiers.views.signing import ask_sign_off, sign
from grants.dossiers.views.writing import section

__all__ = [
    "acknowledge_form",
    "answers",
    "ask_sign_off",
    "attach",
    "begin",
    "care",
    "check",
    "detail",
    "document",
    "end_late",
    "files",
    "late",
    "list",
    "pdf",
    "presence",
    "preview",
    "remove",
    "save",
    "section",
    "sign",
    "submit",
    "withdraw",
]
