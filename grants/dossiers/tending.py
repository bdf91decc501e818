"""Sections as a team tends them: whom each is entrusted to, which ones it calls complete."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.dateparse import parse_datetime


@dataclass(frozen=True)
class Care:
    holder: str = ""
    holder_id: int | None = None
    by: str = ""
    at: datetime | None = None
    lacks: tuple[str, ...] = ()
    has_changed: bool = False

    @property
    def is_complete(self) -> bool:
        return self.at is not None


def tended(dossier, form, answers):
    """Each section with its care, from what was read with the dossier."""
    saved = {answer.key: answer for answer in answers}
    return [(section, care_of(dossier, section, saved)) for section in form.sections]


def care_of(dossier, section, saved=None):
    """Who looks after this section; `lacks` are the questions that hold the dossier back."""
    lacks = tuple(reply.question.label for reply in section.replies if reply.problem)
    told = next((c for c in dossier.cares_told if c["section"] == section.section.key), None)
    if told is None:
        return Care(lacks=lacks)
    at = told["completed_at"] and parse_datetime(told["completed_at"])
    return Care(
        holder=told["holder"] or "",
        holder_id=told["holder_id"],
        by=told["completed_by"] or "",
        at=at or None,
        lacks=lacks,
        has_changed=bool(at) and changed_since(section, saved or {}, at),
    )


def changed_since(section, saved, at):
    """An answer or a file of this section is younger than the mark."""
    keys = [reply.question.key for reply in section.replies]
    times = [saved[key].saved_at for key in keys if key in saved]
    times += [file.uploaded_at for reply in section.replies for file in reply.files]
    return any(time > at for time in times)
