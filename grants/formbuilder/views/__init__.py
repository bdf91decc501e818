"""The form of a call, as its managers read, write, publish and repeat it."""

from grants.formbuilder.views.publishing import adopt, clone, discard, publish
from grants.formbuilder.views.reading import form, preview, versions
from grants.formbuilder.views.writing import (
    move,
    new_question,
    new_section,
    question,
    remove,
    restore,
    sample,
    section,
)

__all__ = [
    "adopt",
    "clone",
    "discard",
    "form",
    "move",
    "new_question",
    "new_section",
    "preview",
    "publish",
    "question",
    "remove",
    "restore",
    "sample",
    "section",
    "versions",
]
