from reviews.evaluations.views.officers import add_reader, for_dossier, hand_out, reopen
from reviews.evaluations.views.offline import (
    accept_cells,
    compare_file,
    offline,
    offline_file,
)
from reviews.evaluations.views.reviewers import declare, desk, document, paper, preview
from reviews.evaluations.views.scoring import evaluate, keep, own, save, submit, time

__all__ = [
    "accept_cells",
    "add_reader",
    "compare_file",
    "declare",
    "desk",
    "document",
    "evaluate",
    "for_dossier",
    "hand_out",
    "keep",
    "offline",
    "offline_file",
    "own",
    "paper",
    "preview",
    "reopen",
    "save",
    "submit",
    "time",
]
