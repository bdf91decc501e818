"""What a dossier holds, one prepared query each: answers, files, deposits."""

from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.postgres.aggregates import JSONBAgg
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Func, JSONField

from grants.core.prepared import prepared
from grants.dossiers.models import Answer, Document, DossierStep, Submission


class AnswerRow(NamedTuple):
    """The columns of an answer, without the object: a form holds hundreds."""

    id: int
    dossier_id: int
    key: str
    value: Any
    version: int
    stamp: str
    saved_by_id: int

    @property
    def saved_at(self) -> datetime:
        return datetime.fromisoformat(self.stamp)

    def as_answer(self) -> Answer:
        return Answer.from_db(DEFAULT_DB_ALIAS, COLUMNS, [getattr(self, name) for name in COLUMNS])


# In the order of the model: an answer is made again from them.
COLUMNS = ("id", "dossier_id", "key", "value", "version", "saved_at", "saved_by_id")


def answers_of(dossier) -> list[AnswerRow]:
    return [AnswerRow(*row) for rows in gathered_answers(dossier) for row in rows]


@prepared
def gathered_answers(dossier):
    """All in one value: three hundred rows cost ten times more to fetch one by one."""
    row = Func(*COLUMNS, function="jsonb_build_array", output_field=JSONField())
    found = Answer.objects.filter(dossier=dossier).values("dossier").annotate(rows=JSONBAgg(row))
    return found.values_list("rows", flat=True)


@prepared
def current_files_of(dossier):
    return Document.objects.filter(dossier=dossier).current().order_by("pk")


@prepared
def all_files_of(dossier):
    """Those taken away as well: what was handed in may still name them."""
    return Document.objects.filter(dossier=dossier).select_related("scan")


@prepared
def deposits_of(dossier):
    """First to last, each with whoever sent it."""
    return Submission.objects.filter(dossier=dossier).select_related("by").order_by("version")


@prepared
def last_deposits_of(dossier):
    """The last one, in a list that is empty before the first."""
    found = Submission.objects.filter(dossier=dossier).select_related("by")
    return found.order_by("-version")[:1]


@prepared
def versions_of(dossier):
    return Submission.objects.filter(dossier=dossier).values_list("version", flat=True)


@prepared
def deposits_numbered(dossier, version):
    found = Submission.objects.filter(dossier=dossier, version=version)
    return found.select_related("by")


def last_deposit_of(dossier):
    return next(iter(last_deposits_of(dossier)), None)


@prepared
def steps_of(dossier):
    """Newest first: who took which step."""
    return DossierStep.objects.filter(dossier=dossier).select_related("actor").order_by("-pk")
