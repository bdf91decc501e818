"""The files of a dossier as those may know them who are not to know its company."""

import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from grants.core.prepared import prepared
from grants.dossiers.uploads import KINDS
from reviews.copies.models import BlindCopy, gathered
from reviews.copies.states import COPIED, Verdict
from reviews.phases.veil import TELLING_CLASSES

ENDINGS = {kind.mime: kind.ending for kind in KINDS.values()}
SHOWN_BY_BROWSERS = frozenset({"application/pdf", "image/png", "image/jpeg"})


class Line(NamedTuple):
    """A copy as `gathered` gives it."""

    document: int
    verdict: str
    checked_for: str
    size: int
    ruled: bool | None


@dataclass(frozen=True)
class ShownCopy:
    """Stands where a file stands, under the name of its question; withheld when `why` says so."""

    pk: int
    stem: str
    kind: str
    size: int
    why: str

    @property
    def name(self):
        return f"{self.stem} ({ENDINGS[self.kind]})"

    @property
    def file_name(self):
        return f"{self.stem}.{ENDINGS[self.kind]}"

    @property
    def can_be_shown(self):
        return not self.why and self.kind in SHOWN_BY_BROWSERS


@prepared
def gathered_of(dossier):
    return gathered(BlindCopy.objects.filter(document__dossier=dossier)).values_list(
        "rows", flat=True
    )


def lines_of(dossier):
    return next(iter(gathered_of(dossier.pk)), [])


def mark_of(names, deposit):
    """Which names, of which deposit, a copy was checked for."""
    told = [names.companies, names.people, names.numbers, deposit or 0]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def with_copies(masked, form, rows, mark):
    """A masked form with its files again, as copies; those of a personal answer stay away."""
    lines = {row[0]: Line(*row) for row in rows or []}
    sections = tuple(
        replace(
            section,
            replies=tuple(
                replace(reply, files=copies_at(given, lines, mark)) if is_copied(given) else reply
                for reply, given in zip(section.replies, known.replies, strict=True)
            ),
        )
        for section, known in zip(masked.sections, form.sections, strict=True)
    )
    return replace(masked, sections=sections)


def is_copied(reply):
    question = reply.question
    return question.kind == "file" and question.confidentiality not in TELLING_CLASSES


def copies_at(reply, lines, mark):
    many = len(reply.files) > 1
    return tuple(
        ShownCopy(
            pk=file.pk,
            stem=f"{reply.question.label} {n}" if many else reply.question.label,
            kind=file.kind,
            size=lines[file.pk].size if file.pk in lines else 0,
            why=why_withheld(lines.get(file.pk), mark),
        )
        for n, file in enumerate(reply.files, start=1)
    )


def why_withheld(line: Any, mark: str) -> str:
    """The sentence its reader is told; empty when the copy may be had."""
    if line is None or (line.checked_for != mark and line.ruled is None):
        return _("Sa copie sans nom se prépare : revenez dans quelques minutes.")
    if line.ruled is not None and line.verdict in COPIED:
        return "" if line.ruled else _("Retenue par le service, qui l’a regardée.")
    return WITHHELD[line.verdict]()


WITHHELD = {
    Verdict.CLEAR: lambda: "",
    Verdict.NAMED: lambda: _("Retenue : son texte nomme l’entreprise ou des personnes."),
    Verdict.NO_TEXT: lambda: _(
        "Retenue : les mots d’une image ou d’un document numérisé ne se vérifient pas."
    ),
    Verdict.WRITTEN_OVER: lambda: _(
        "Retenue : elle porte des annotations ou des champs remplis que sa copie perdrait."
    ),
    Verdict.KIND: lambda: _("Retenue : un document de ce format garde le nom de ses auteurs."),
    Verdict.BROKEN: lambda: _("Retenue : aucune copie sans nom n’a pu en être faite."),
}
