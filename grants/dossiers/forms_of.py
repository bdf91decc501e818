"""The form of a dossier with its answers and files, as values."""

from collections import defaultdict

from grants.dossiers.models import Answer, Document
from grants.formbuilder.definition import parse
from grants.formbuilder.filled import fill

PARSED = {}
MOST_PARSED = 200


def definition_of(dossier):
    """Parsed once per process: a published version never changes."""
    form = dossier.form
    key = (form.pk, form.published_at)
    if form.published_at is None or key not in PARSED:
        if len(PARSED) >= MOST_PARSED:
            PARSED.clear()
        PARSED[key] = parse(form.definition)
    return PARSED[key]


def filled(dossier, *, answers=None, files=None):
    """What the authors have written so far, in two queries whatever the form holds.

    Who has read the answers or the files already hands them over, and saves the query.
    """
    answers = list(Answer.objects.filter(dossier=dossier)) if answers is None else answers
    return fill(
        definition_of(dossier),
        {answer.key: answer.value for answer in answers},
        files_of(dossier) if files is None else files,
        versions={answer.key: answer.version for answer in answers},
        asked=dossier.open_questions,
    )


def files_of(dossier):
    files = defaultdict(list)
    for document in Document.objects.filter(dossier=dossier).current().order_by("pk"):
        files[document.key].append(document)
    return files


def handed_in(dossier, submission):
    """The form as it was handed in: what the funder reads, whatever its authors write since."""
    content = submission.content
    documents = Document.objects.in_bulk([document["id"] for document in content["documents"]])
    files = defaultdict(list)
    for document in content["documents"]:
        files[document["key"]].append(documents[document["id"]])
    return fill(definition_of(dossier), content["answers"], files, asked=())
