"""What a manager does to the form of a call, one function per act."""

from grants.formbuilder.operations.adopting import adopt_form
from grants.formbuilder.operations.cloning import clone_call
from grants.formbuilder.operations.publishing import discard_revision, publish_form
from grants.formbuilder.operations.revising import (
    Clash,
    move,
    remove,
    restore,
    save_question,
    save_section,
)

__all__ = [
    "Clash",
    "adopt_form",
    "clone_call",
    "discard_revision",
    "move",
    "publish_form",
    "remove",
    "restore",
    "save_question",
    "save_section",
]
