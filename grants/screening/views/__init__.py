"""Pages of screening: the queue, one dossier, the acts on it."""

from grants.screening.views.admitting import admit_many
from grants.screening.views.attempts import attempts
from grants.screening.views.exporting import (
    export,
    export_csv,
    export_file,
    prepare_export,
)
from grants.screening.views.extending import extend_completion
from grants.screening.views.judging import (
    admit,
    ask_completion,
    check,
    dossier,
    reject,
    resume_review,
    versions,
)
from grants.screening.views.lines import lines
from grants.screening.views.queue import (
    bulk,
    choose_columns,
    choose_pane,
    digest,
    drop_view,
    keep_view,
    queue,
)

__all__ = [
    "admit",
    "admit_many",
    "ask_completion",
    "attempts",
    "bulk",
    "check",
    "choose_columns",
    "choose_pane",
    "digest",
    "dossier",
    "drop_view",
    "export",
    "export_csv",
    "export_file",
    "extend_completion",
    "keep_view",
    "lines",
    "prepare_export",
    "queue",
    "reject",
    "resume_review",
    "versions",
]
