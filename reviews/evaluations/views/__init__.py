from reviews.evaluations.views.officers import add_reader, for_dossier, hand_out, reopen
from reviews.evaluations.views.offline import (
    accept_cells,
    compare_file,
    offline,
    offline_file,
)
from reviews.evaluations.views.others import others, remark
from reviews.evaluations.views.reviewers import declare, desk, document, paper, preview
from reviews.evaluations.views.scoring import evaluate, keep, own, save, submit, time
from reviews.evaluations.views.stale import flags, grounds, stale

__all__ = [
    "accept_cells",
    "add_reader",
    "compare_file",
    "declare",
    "desk",
    "document",
    "evaluate",
    "flags",
    "for_dossier",
    "grounds",
    "hand_out",
    "keep",
    "offline",
    "offline_file",
    "others",
    "own",
    "paper",
    "preview",
    "remark",
    "reopen",
    "save",
    "stale",
    "submit",
    "time",
]
