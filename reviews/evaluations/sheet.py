"""A grid as its page shows it: criteria with their anchors, texts, total, what is missing."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from grants.core.numbers import written
from grants.core.wording import hour, number
from grants.programmes.grid import grouped
from reviews.evaluations.grid import TEXTS, Field, fields_of
from reviews.evaluations.models import Evaluation
from reviews.evaluations.scoring import weighted_mean
from reviews.evaluations.verdict import verdict_of


@dataclass(frozen=True)
class Entry:
    """One field with what to show in it: what was typed last, else what is stored."""

    field: Field
    text: str
    error: str = ""

    @property
    def name(self):
        return self.field.name

    @property
    def anchor(self):
        """Where a list of errors leads: the text itself, or the choices around a name."""
        is_choice = self.name.startswith(("score-", "confidence"))
        return f"div_{self.name}" if is_choice else self.name


@dataclass(frozen=True)
class Mark:
    value: int
    anchor: str
    is_chosen: bool


@dataclass(frozen=True)
class Line:
    """One criterion: its mark and its comment."""

    criterion: Any
    mark: Entry
    comment: Entry

    @property
    def scale(self):
        anchors = self.criterion.anchors
        return [
            Mark(
                value, anchors[value] if value < len(anchors) else "", str(value) == self.mark.text
            )
            for value in range(self.mark.field.top + 1)
        ]

    @property
    def chosen(self):
        return next((mark for mark in self.scale if mark.is_chosen), None)

    @property
    def anchor(self):
        """What the chosen mark means; empty before one is chosen."""
        return self.chosen.anchor if self.chosen else ""

    @property
    def share(self):
        return written(self.criterion.weight)


@dataclass(frozen=True)
class Sheet:
    lines: list
    texts: list
    confidence: Entry
    top: int
    mean: Decimal | None
    threshold: Decimal = Decimal(0)

    @property
    def total(self):
        return number(self.mean, places=2)

    @property
    def marks_given(self):
        return sum(bool(line.mark.field.text) for line in self.lines)

    @property
    def is_begun(self):
        entries = [e for line in self.lines for e in (line.mark, line.comment)]
        return any(entry.field.text for entry in (*entries, *self.texts, self.confidence))

    @property
    def problems(self):
        """What the summary at the top links to."""
        entries = [e for line in self.lines for e in (line.mark, line.comment)]
        return [entry for entry in (*entries, *self.texts, self.confidence) if entry.error]

    @property
    def groups(self):
        """The lines of each criterion, those of its sub-criteria under its name."""
        lines = {line.criterion.pk: line for line in self.lines}
        return [
            (group, [lines[criterion.pk] for criterion in group.criteria])
            for group in grouped(line.criterion for line in self.lines)
        ]

    @property
    def verdict(self):
        return verdict_of(
            [(line.criterion, line.mark.field.value) for line in self.lines],
            mean=self.mean,
            threshold=self.threshold,
        )

    @property
    def progress(self):
        return progress(self.marks_given, len(self.lines))

    @property
    def levels(self):
        chosen = self.confidence.text
        return [(str(v), label, str(v) == chosen) for v, label in Evaluation.Confidence.choices]


def sheet_of(evaluation, *, typed, errors):
    fields = fields_of(evaluation)
    entries = {
        name: Entry(field, typed.get(name, field.text), errors.get(name, ""))
        for name, field in fields.items()
    }
    marks = [entry for name, entry in entries.items() if name.startswith("score-")]
    lines = [Line(e.field.criterion, e, entries[f"comment-{e.field.criterion.pk}"]) for e in marks]
    return Sheet(
        lines=lines,
        texts=[entries[name] for name in TEXTS],
        confidence=entries["confidence"],
        top=evaluation.assignment.dossier.call.top_score,
        mean=mean_of(fields.values()),
        threshold=evaluation.assignment.dossier.call.threshold,
    )


def mean_of(fields):
    return weighted_mean((f.value, f.criterion.weight) for f in fields if f.column == "value")


def progress(given, wanted):
    return _("%(n)d/%(wanted)d critères notés") % {"n": given, "wanted": wanted}


def progress_text(evaluation):
    marks = list(evaluation.scores.values_list("value", flat=True))
    return progress(sum(mark is not None for mark in marks), len(marks))


def saved_text(at):
    return hour(timezone.localtime(at))


def read_sheet(evaluation):
    """A handed-in evaluation for the people of the programme; `for_staff` brought everything."""
    scores = sorted(evaluation.scores.all(), key=lambda s: (s.criterion.rank, s.criterion.pk))
    mean = weighted_mean((score.value, score.criterion.weight) for score in scores)
    return {
        "evaluation": evaluation,
        "expert": evaluation.assignment.expert,
        "is_counted": evaluation.assignment.state == "active",
        "scores": scores,
        "mean": number(mean, places=2),
        "steps": [step for step in evaluation.history.all() if step.step == "reopen"],
    }
