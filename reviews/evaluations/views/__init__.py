from reviews.evaluations.views.officers import add_reader, for_dossier, hand_out, reopen
from reviews.evaluations.views.others import others, remark
from reviews.evaluations.views.reviewers import declare, desk, document, paper
from reviews.evaluations.views.scoring import evaluate, keep, save, submit
from reviews.evaluations.views.stale import flags, grounds, stale

__all__ = [
    "add_reader",
    "declare",
    "desk",
    "document",
    "evaluate",
    "flags",
    "for_dossier",
    "grounds",
    "hand_out",
    "keep",
    "others",
    "paper",
    "remark",
    "reopen",
    "save",
    "stale",
    "submit",
]
