"""One company completed its dossier while experts were reading it: a mark waits to be confirmed."""

from datetime import timedelta

from grants.dossiers.operations import save_answer, submit
from grants.screening import operations as screening
from reviews.demonstration.clock import at
from reviews.demonstration.stock import french
from reviews.evaluations import settling
from reviews.evaluations.models import Evaluation
from reviews.evaluations.stale import StaleFlag

GROUNDS = {
    "innovation": ("innovation", "stage", "rd_spend", "laboratory"),
    "marche": ("market", "business_model", "turnover"),
    "equipe": ("team", "laboratory"),
    "impact": ("impact", "jobs"),
    "ancrage": ("town", "department", "jobs"),
}
ASKED = "Les experts aimeraient savoir où en sont vos clients pilotes. Précisez votre marché."
ADDED = (
    " Depuis le dépôt, un deuxième client pilote s’est engagé pour dix-huit mois, et un "
    "distributeur a signé une lettre d’intention pour toute la région."
)


def say_grounds(call, *, manager):
    """Which questions each criterion is judged on."""
    chosen = {c.pk: GROUNDS.get(c.key, ()) for c in call.criteria.all()}
    settling.set_grounds(call, chosen, actor=manager)


def complete_one(call, *, reader, officer, asked_at):
    """The other readers have already answered; only `reader` still has to."""
    first = (
        Evaluation.objects.counted()
        .filter(assignment__expert=reader, assignment__dossier__call=call)
        .order_by("submitted_at", "pk")
        .first()
    )
    if first is None:
        return
    dossier = first.assignment.dossier
    with at(asked_at) as moment:
        screening.ask_completion(
            dossier, message=french(ASKED), questions=["market"],
            due_at=moment + timedelta(days=10), effect="suspend", actor=officer,
        )  # fmt: skip
    with at(asked_at + timedelta(hours=26)) as moment:
        answer_request(dossier, moment)
        settling.tell_authors()
    with at(asked_at + timedelta(hours=30)):
        confirm_others(dossier, reader)


def answer_request(dossier, moment):
    answer = dossier.answers.get(key="market")
    save_answer(
        dossier, "market", answer.value + french(ADDED),
        version=answer.version, actor=dossier.created_by, at=moment,
    )  # fmt: skip
    submit(dossier, actor=dossier.created_by, at=moment)


def confirm_others(dossier, reader):
    raised = StaleFlag.objects.open().filter(score__evaluation__assignment__dossier=dossier)
    for flag in raised.exclude(score__evaluation__assignment__expert=reader):
        evaluation = flag.score.evaluation
        settling.confirm(evaluation, flag.pk, actor=evaluation.assignment.expert.user)
