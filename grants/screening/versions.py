"""Two deposits of a dossier side by side: the questions whose answer changed, word by word."""

from dataclasses import dataclass

from grants.screening.difference import Piece, difference


@dataclass(frozen=True)
class Change:
    section: str
    label: str
    key: str
    pieces: list[Piece]


def changes(before, after) -> list[Change]:
    """`before` and `after` are filled forms; unchanged answers are left out."""
    found = []
    for section in after.sections:
        for reply in section.replies:
            old = text_of(before.replies.get(reply.question.key))
            new = text_of(reply)
            if old != new:
                question = reply.question
                pieces = difference(old, new)
                found.append(Change(section.section.title, question.label, question.key, pieces))
    return found


def text_of(reply) -> str:
    """An answer as lines of text: files by name and digest, tables row by row."""
    if reply is None:
        return ""
    if reply.question.kind == "file":
        return "\n".join(f"{file.name} (SHA-256 {file.sha256[:12]}…)" for file in reply.files)
    if reply.table:
        rows = reply.table["rows"]
        return "\n".join(" · ".join(cell["text"] or "—" for cell in row) for row in rows)
    return reply.shown
