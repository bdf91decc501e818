"""Celery's door: imports the tasks of each feature and contains nothing else."""

from grants.decisions.tasks import offer_reserve, offer_reserves
from grants.dossiers.tasks import remind_of_drafts, scan, scan_waiting
from grants.funding.tasks import check_ledger
from grants.history.tasks import seal_history
from grants.letters.tasks import make_letter, make_letters_of, make_missing_letters
from grants.screening.tasks import make_export, tidy_exports

__all__ = [
    "check_ledger",
    "make_export",
    "make_letter",
    "make_letters_of",
    "make_missing_letters",
    "offer_reserve",
    "offer_reserves",
    "remind_of_drafts",
    "scan",
    "scan_waiting",
    "seal_history",
    "tidy_exports",
]
