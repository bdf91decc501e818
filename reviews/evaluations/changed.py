"""What changed under a mark, as its author reads it: question by question, word by word."""

from dataclasses import dataclass, replace
from typing import Any

from grants.dossiers.forms_of import handed_in
from grants.dossiers.kept import deposits_of
from grants.formbuilder.confidentiality import withheld_from_experts
from grants.screening.versions import changes
from reviews.evaluations.reading import is_shown
from reviews.phases.veil import masked_form


@dataclass(frozen=True)
class ToRead:
    """One flag with the changes it rests on, its mark and what each mark means."""

    flag: Any
    changes: list
    scale: list

    @property
    def score(self):
        return self.flag.score

    @property
    def pk(self):
        """As a page writes and sends it."""
        return str(self.flag.pk)


def to_read(dossier, flags, *, top):
    """The difference is made once per pair of deposits, however many criteria rest on it."""
    deposits = {one.version: one for one in deposits_of(dossier.pk)}
    made = {}
    for flag in flags:
        pair = (flag.seen, flag.new)
        if pair not in made:
            made[pair] = changes(*(shown(dossier, deposits[version]) for version in pair))
    return [
        ToRead(
            flag,
            [one for one in made[flag.seen, flag.new] if one.key in flag.questions],
            [(n, anchor_of(flag.score.criterion, n)) for n in range(top + 1)],
        )
        for flag in flags
    ]


def shown(dossier, deposit):
    """The form as it was handed in, less what is not for experts."""
    form = masked_form(handed_in(dossier, deposit), dossier)
    withheld = withheld_from_experts(dossier.call)
    sections = (
        replace(
            section, replies=tuple(reply for reply in section.replies if is_shown(reply, withheld))
        )
        for section in form.sections
    )
    return replace(form, sections=tuple(sections))


def anchor_of(criterion, n):
    return criterion.anchors[n] if n < len(criterion.anchors) else ""
