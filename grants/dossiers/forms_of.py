"""The form of a dossier with its answers and files, as values."""

from collections import defaultdict

from grants.dossiers.models import Answer, Document
from grants.formbuilder.definition import parse
from grants.formbuilder.filled import fill


def definition_of(dossier):
    return parse(dossier.form.definition)


def filled(dossier):
    """What the authors have written so far, in two queries whatever the form holds."""
    answers = list(Answer.objects.filter(dossier=dossier))
    files = defaultdict(list)
    for document in Document.objects.filter(dossier=dossier).current().order_by("pk"):
        files[document.key].append(document)
    return fill(
        definition_of(dossier),
        {answer.key: answer.value for answer in answers},
        files,
        versions={answer.key: answer.version for answer in answers},
        asked=dossier.open_questions,
    )


def handed_in(dossier, submission):
    """The form as it was handed in: what the funder reads, whatever its authors write since."""
    content = submission.content
    documents = Document.objects.select_related("scan").in_bulk(
        [document["id"] for document in content["documents"]]
    )
    files = defaultdict(list)
    for document in content["documents"]:
        files[document["key"]].append(documents[document["id"]])
    return fill(definition_of(dossier), content["answers"], files, asked=())
