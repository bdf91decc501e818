"""The fields of an evaluation: what a reviewer fills in, how it is read, what is still missing."""

import hashlib
import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from grants.core.wording import number
from reviews.evaluations.finding import scores_of
from reviews.evaluations.models import Evaluation, Score

LONGEST = 5_000
MARK = re.compile(r"\d{1,2}", re.ASCII)
TEXTS = ("strengths", "weaknesses")


class Wrong(ValueError):
    """What was typed cannot be stored; the text tells what to type instead."""


@dataclass(frozen=True)
class Field:
    """One thing to fill in: a column of the evaluation or of one of its scores."""

    name: str
    row: Any
    column: str
    top: int = 0
    criterion: Any = None

    @property
    def value(self):
        return getattr(self.row, self.column)

    @property
    def is_required(self):
        """A comment may be left out where the call says so; everything else is wanted."""
        return self.column != "comment" or self.criterion.comment_required

    @property
    def text(self):
        return "" if self.value is None else str(self.value)

    @property
    def version(self):
        """Changes with the text: a save tells which text it means to replace."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]

    def read(self, text):
        """The value of what was typed; raises Wrong."""
        if self.column == "value":
            return read_mark(text, top=self.top)
        if self.column == "confidence":
            return read_confidence(text)
        return read_text(text)

    @property
    def lack(self):
        """What must still be done here before handing in; empty when nothing."""
        if self.text.strip() or (self.column == "comment" and not self.is_required):
            return ""
        return LACKS[self.column](self)


def fields_of(evaluation):
    """Every field by name, in the order of the page."""
    return named_fields(evaluation, scores_of(evaluation.pk))


def fields_by_evaluation(evaluations):
    """The fields of several, in one query."""
    scores = {evaluation.pk: [] for evaluation in evaluations}
    found = Score.objects.filter(evaluation__in=scores).select_related("criterion")
    for score in found.order_by("criterion__rank", "criterion__pk"):
        scores[score.evaluation_id].append(score)
    return {one.pk: named_fields(one, scores[one.pk]) for one in evaluations}


def named_fields(evaluation, scores):
    top = evaluation.assignment.dossier.call.top_score
    found = []
    for score in scores:
        pk = score.criterion_id
        found.append(Field(f"score-{pk}", score, "value", top, score.criterion))
        found.append(Field(f"comment-{pk}", score, "comment", top, score.criterion))
    found += [Field(name, evaluation, name) for name in (*TEXTS, "confidence")]
    return {field.name: field for field in found}


def read_mark(text, *, top):
    text = text.strip()
    if not text:
        return None
    if not MARK.fullmatch(text) or int(text) > top:
        raise Wrong(_("Choisissez une note entière de 0 à %(top)d.") % {"top": top})
    return int(text)


def read_confidence(text):
    if not text.strip():
        return None
    levels = {str(value): value for value in Evaluation.Confidence.values}
    if text.strip() not in levels:
        raise Wrong(_("Choisissez l’un des trois niveaux d’assurance."))
    return levels[text.strip()]


def read_text(text):
    text = text.replace("\r\n", "\n").replace("\r", "\n").rstrip()
    if "\0" in text:
        raise Wrong(_("Ce texte contient un caractère illisible : retapez-le."))
    if len(text) > LONGEST:
        raise Wrong(
            _("Ce texte compte %(n)s caractères ; la limite est de %(most)s.")
            % {"n": number(len(text)), "most": number(LONGEST)}
        )
    return text


LACKS = {
    "value": lambda field: (
        _("Donnez une note au critère « %(name)s ».") % {"name": field.criterion.name}
    ),
    "comment": lambda field: (
        _("Justifiez en une phrase la note du critère « %(name)s ».")
        % {"name": field.criterion.name}
    ),
    "strengths": lambda field: _("Écrivez au moins un point fort."),
    "weaknesses": lambda field: _("Écrivez au moins un point faible."),
    "confidence": lambda field: _("Dites quelle assurance vous avez dans ce jugement."),
}
