import hashlib
import json

from django.core.files.base import ContentFile

from grants.dossiers.content import digest_of
from grants.dossiers.models import Document, Submission
from reviews.assignments.operations import declare_interest
from reviews.evaluations.grid import fields_of
from reviews.evaluations.stale import StaleFlag
from tests.access.cast import Cast
from tests.factories import make_assignment, make_evaluation, make_expert, make_phase

WALK = ("submitted", "admissible", "in_review")


def scene(state):
    """The reviewer's evaluation of the dossier, taken to `state`."""
    cast = Cast(call_state="reviewing")
    cast.document = attach(cast.dossier)
    for step in WALK:
        cast.dossier.state = step
        cast.dossier.submitted_at = cast.dossier.created_at
        cast.dossier.save()
    texts = {"strengths": "Solide.", "weaknesses": "Cher.", "confidence": 2}
    marks = {"innovation": 4, "impact": 3}
    evaluation = make_evaluation(
        assignment=cast.assignment,
        scores=marks,
        submitted=state in {"submitted", "closed"},
        **texts,
    )
    if state == "undeclared":
        cast.expert.interests.all().delete()
    if state == "conflict":
        declare_interest(cast.expert, cast.dossier, kind="family", actor=cast.reviewer)
    if state == "withdrawn":
        cast.dossier.state = state
        cast.dossier.save()
    if state == "closed":
        for step in ("ranked", "awarded"):
            cast.dossier.state = step
            cast.dossier.save()
    cast.evaluation = evaluation
    return cast


def attach(dossier):
    content = b"%PDF-1.7"
    document = Document(
        dossier=dossier,
        key="accounts",
        name="comptes.pdf",
        kind="application/pdf",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=dossier.created_by,
    )
    document.file.save("comptes.pdf", ContentFile(content))
    document.save()
    return document


def no_object(state):
    return Cast(), [], {}


def evaluation(state):
    cast = scene(state)
    fields = {"field": "strengths", "value": "Solide.", "reason": "Note inversée."}
    return cast, [cast.evaluation.pk], fields


def read_together(state):
    """Two readers: `waiting`, our reviewer has not handed in; `alone`, the phase keeps each to
    their own; `open`, both are in and the phase lets them read each other."""
    draft = state == "waiting"
    cast = scene("draft" if draft else "submitted" if state != "conflict" else "conflict")
    with_others = state != "alone"
    make_phase(cast.call, may_score=True, sees_others=with_others, may_discuss=with_others)
    make_evaluation(assignment=make_assignment(dossier=cast.dossier), submitted=True)
    return cast, [cast.evaluation.pk], {"text": "Relisez le plan de financement."}


def cells(state):
    cast = scene(state)
    field = fields_of(cast.evaluation)["strengths"]
    cell = json.dumps([cast.evaluation.pk, field.name, field.version, "Très solide."])
    return cast, [], {"cell": cell}


def without_row(state):
    return scene(state), [], {}


def assignment(state):
    cast = scene(state)
    return cast, [cast.assignment.pk], {"kind": "none"}


def document(state):
    cast = scene(state)
    return cast, [cast.evaluation.pk, cast.document.pk], {}


def paper(state):
    cast = scene(state)
    deposit(cast, 1, title="Hydrogène")
    return cast, [cast.evaluation.pk], {}


def deposit(cast, version, **answers):
    content = {
        "reference": cast.dossier.reference,
        "organisation": {"siret": cast.organisation.siret, "name": cast.organisation.name},
        "answers": answers,
        "documents": [],
    }
    return Submission.objects.create(
        dossier=cast.dossier, version=version, at=cast.dossier.submitted_at, by=cast.applicant,
        content=content, sha256=digest_of(content), deadline_at=cast.call.closes_at,
    )  # fmt: skip


def completed(state):
    """`stale`: our reviewer's marks rest on an answer that has changed."""
    cast = scene("draft" if state == "stale" else state)
    deposit(cast, 1, summary="Un client pilote")
    flag = 0
    if state == "stale":
        deposit(cast, 2, summary="Deux clients pilotes")
        flag = StaleFlag.objects.on(cast.evaluation).first().pk
    return cast, [cast.evaluation.pk], {"flag": flag, "act": "confirm"}


def call(state):
    cast, _args, _fields = completed("stale")
    return cast, [cast.call.pk], {}


def dossier(state):
    cast = scene(state)
    return cast, [cast.dossier.pk], {}


def to_assign(state):
    cast = Cast(call_state="reviewing", dossier_state=state)
    expert = make_expert(cast.call)
    return cast, [cast.dossier.pk], {"expert": expert.pk}


def to_hand_out(state):
    cast, _args, _fields = to_assign(state)
    return cast, [cast.call.pk], {"digest": "0" * 64}


SCENES = {
    "evaluations:desk": no_object,
    "evaluations:declare": assignment,
    "evaluations:evaluate": evaluation,
    "evaluations:save": evaluation,
    "evaluations:keep": evaluation,
    "evaluations:submit": evaluation,
    "evaluations:others": read_together,
    "evaluations:remark": read_together,
    "evaluations:stale": completed,
    "evaluations:flags": call,
    "evaluations:grounds": call,
    "evaluations:document": document,
    "evaluations:preview": document,
    "evaluations:paper": paper,
    "evaluations:time": evaluation,
    "evaluations:own": evaluation,
    "evaluations:offline": no_object,
    "evaluations:offline_file": without_row,
    "evaluations:compare": without_row,
    "evaluations:accept": cells,
    "evaluations:reopen": evaluation,
    "evaluations:for_dossier": dossier,
    "evaluations:add_reader": to_assign,
    "evaluations:hand_out": to_hand_out,
}
