"""A copy as a file to hand out: under a name that says nothing, and only once known clean."""

from dataclasses import dataclass
from typing import Any

from reviews.copies.models import BlindCopy


@dataclass(frozen=True)
class Handed:
    """What `served` asks of a document."""

    file: Any
    name: str
    kind: str
    awaits_scan: bool
    is_infected: bool
    uploaded_by_id: int | None = None
    can_be_shown: bool = True


def handed(copy, name):
    document = copy.document
    return Handed(copy.file, name, document.kind, document.awaits_scan, document.is_infected)


def copy_behind(shown):
    """The file of a copy a reader may have."""
    copies = BlindCopy.objects.select_related("document__scan")
    return handed(copies.get(document=shown.pk), shown.file_name)
