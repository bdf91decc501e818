"""The form of a dossier with its answers and files, as values."""

from collections import defaultdict

from grants.dossiers.kept import all_files_of, answers_of, current_files_of
from grants.dossiers.models import Answer
from grants.dossiers.states import State
from grants.formbuilder.changes import REMOVED, changes_between
from grants.formbuilder.definition import parse
from grants.formbuilder.filled import Reply, fill

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
    answers = answers_of(dossier.pk) if answers is None else answers
    return fill(
        definition_of(dossier),
        {answer.key: answer.value for answer in answers},
        files_of(dossier) if files is None else files,
        versions={answer.key: answer.version for answer in answers},
        asked=dossier.open_questions,
    )


def files_of(dossier):
    files = defaultdict(list)
    for document in current_files_of(dossier.pk):
        files[document.key].append(document)
    return files


def form_changes_of(dossier, section=None):
    """(change, answer kept) since its authors last read the form, of one section or of all."""
    if dossier.form_before_id is None or dossier.state != State.DRAFT:
        return []
    before = parse(dossier.form_before.definition)
    changes = changes_between(before, definition_of(dossier))
    if section is not None:
        changes = [change for change in changes if change.section == section.title]
    gone = [change.key for change in changes if change.kind == REMOVED]
    kept = {a.key: a.value for a in Answer.objects.filter(dossier=dossier, key__in=gone)}
    return [(change, answer_in(before, change.key, kept)) for change in changes]


def answer_in(definition, key, kept):
    question = definition.questions.get(key)
    if question is None or kept.get(key) is None:
        return ""
    return Reply(question, kept[key]).shown


def handed_in(dossier, submission):
    """The form as it was handed in: what the funder reads, whatever its authors write since."""
    content = submission.content
    held = all_files_of(dossier.pk) if content["documents"] else []
    documents = {document.pk: document for document in held}
    files = defaultdict(list)
    for document in content["documents"]:
        files[document["key"]].append(documents[document["id"]])
    return fill(definition_of(dossier), content["answers"], files, asked=())
