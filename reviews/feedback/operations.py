from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.core.flow import lock, write
from grants.decisions import permissions as may
from grants.decisions.feedback import Feedback, FeedbackPart
from grants.decisions.flow import FEEDBACK
from grants.dossiers.states import State
from grants.programmes.permissions import ORGANISE
from grants.programmes.states import CallState
from reviews.evaluations.grid import Field, Wrong
from reviews.evaluations.models import Evaluation
from reviews.evaluations.operations import Clash, Saved, Unfit
from reviews.feedback.drafting import Comment, Reading, drafted, named_in

TEXTS = ("strengths", "weaknesses")
LAST = 1_000  # the whole comes after every criterion


@transaction.atomic
def prepare(call, *, actor, at=None):
    """Draft the feedback of every ranked dossier that has none; what is begun stays as it is."""
    lock(call)
    require(ORGANISE, actor, call)
    if call.state != CallState.RANKED:
        raise Refused(_("Les retours se préparent une fois le classement arrêté, avant l’annonce."))
    at = at or timezone.now()
    dossiers = list(call.dossiers.filter(state=State.RANKED, feedback=None).order_by("number"))
    feedback = Feedback.objects.bulk_create(
        Feedback(dossier=dossier, prepared_at=at, saved_at=at) for dossier in dossiers
    )
    criteria = list(call.criteria.all())
    readings, names = readings_of(dossiers)
    FeedbackPart.objects.bulk_create(
        part
        for one in feedback
        for part in parts_of(
            one, criteria, readings[one.dossier_id], names[one.dossier_id], top=call.top_score
        )
    )
    return feedback


def readings_of(dossiers):
    """What the evaluations that count say of each dossier, and who must not be named in it."""
    readings = {dossier.pk: [] for dossier in dossiers}
    names = {dossier.pk: {"people": [], "houses": []} for dossier in dossiers}
    counted = (
        Evaluation.objects.counted()
        .filter(assignment__dossier__in=dossiers)
        .select_related("assignment__expert__user")
        .prefetch_related("scores")
        .order_by("pk")
    )
    for evaluation in counted:
        pair = evaluation.assignment
        readings[pair.dossier_id].append(reading_of(evaluation))
        names[pair.dossier_id]["people"].append(str(pair.expert))
        names[pair.dossier_id]["houses"].append(pair.expert.organisation)
    return readings, names


def reading_of(evaluation):
    return Reading(
        comments=tuple(
            Comment(score.criterion_id, score.value, score.comment)
            for score in evaluation.scores.all()
            if score.value is not None
        ),
        strengths=evaluation.strengths,
        weaknesses=evaluation.weaknesses,
    )


def parts_of(feedback, criteria, readings, names, *, top):
    drafts = drafted(readings, [criterion.pk for criterion in criteria], top=top, **names)
    by_key = [(criterion, criterion.pk, criterion.rank) for criterion in criteria]
    for criterion, key, rank in [*by_key, (None, None, LAST)]:
        draft = drafts[key]
        yield FeedbackPart(
            feedback=feedback,
            criterion=criterion,
            rank=rank,
            strengths=draft.strengths,
            weaknesses=draft.weaknesses,
        )


def fields_of(feedback):
    """Every text by its name on the page."""
    parts = feedback.parts.select_related("criterion")
    return {
        f"{column}-{part.pk}": Field(f"{column}-{part.pk}", part, column)
        for part in parts
        for column in TEXTS
    }


@transaction.atomic
def save_field(feedback, name, text, *, version, actor, at=None):
    """Store one text unless somebody else changed it since `version`."""
    return keep(feedback, {name: text}, {name: version}, actor=actor, at=at)[name]


@transaction.atomic
def keep(feedback, texts, versions, *, actor, at=None):
    """Store what fits, tell the rest apart; nothing typed elsewhere is overwritten unseen."""
    lock(feedback)
    require(may.WRITE_FEEDBACK, actor, feedback)
    if not feedback.is_open:
        raise Refused(_("Ce retour est relu ou envoyé : il ne change plus."))
    at = at or timezone.now()
    fields = fields_of(feedback)
    return {
        name: settle(feedback, fields.get(name), text, versions.get(name, ""), at)
        for name, text in texts.items()
    }


def settle(feedback, field, text, version, at):
    if field is None:
        return Unfit(_("Ce champ n’existe pas dans ce retour."))
    try:
        value = field.read(text)
    except Wrong as wrong:
        return Unfit(str(wrong))
    if value == field.value:
        return Saved(field.version, at)
    if version != field.version:
        return Clash(field.text, field.version)
    write(field.row, **{field.column: value, "version": field.row.version + 1})
    write(feedback, saved_at=at)
    return Saved(field.version, at)


@transaction.atomic
def approve(feedback, *, actor, at=None):
    """Vouch for every word: it will leave with the decision. No reviewer may be named in it."""
    lock(feedback)
    check_texts(feedback)
    FEEDBACK.take(
        "approve", feedback, actor=actor, approved_by=actor, approved_at=at or timezone.now()
    )
    return feedback


def check_texts(feedback):
    texts = [text for part in feedback.parts.all() for text in (part.strengths, part.weaknesses)]
    if not any(text.strip() for text in texts):
        raise Refused(_("Ce retour est vide : écrivez au moins un point fort ou à améliorer."))
    readers = Evaluation.objects.filter(assignment__dossier=feedback.dossier_id)
    names = readers.values_list("assignment__expert__user__full_name", flat=True)
    if named_in("\n".join(texts), names):
        raise Refused(_("Le nom d’un expert figure dans ce retour : retirez-le."))


@transaction.atomic
def reopen(feedback, *, actor):
    """Take a text up again before it leaves."""
    FEEDBACK.take("reopen", feedback, actor=actor, approved_by=None, approved_at=None)
    return feedback
