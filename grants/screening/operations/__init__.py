"""What officers do with the dossiers received, one function per act."""

from grants.screening.operations.admitting import foretell_admission
from grants.screening.operations.exporting import ask_export, drop_stale, make_export
from grants.screening.operations.extending import extend_completion
from grants.screening.operations.judging import (
    admit,
    ask_completion,
    check,
    lack_of_resumption,
    reject,
    resume_review,
)
from grants.screening.operations.keeping import choose_columns, choose_pane, drop_view, keep_view
from grants.screening.operations.lines import set_lines
from grants.screening.operations.sorting import Outcome, entrust, in_bulk, tag, untag

__all__ = [
    "Outcome",
    "admit",
    "ask_completion",
    "ask_export",
    "check",
    "choose_columns",
    "choose_pane",
    "drop_stale",
    "drop_view",
    "entrust",
    "extend_completion",
    "foretell_admission",
    "in_bulk",
    "keep_view",
    "lack_of_resumption",
    "make_export",
    "reject",
    "resume_review",
    "set_lines",
    "tag",
    "untag",
]
