"""What officers do with the dossiers received."""

from datetime import timedelta
from itertools import repeat
from random import Random

from grants.dossiers.operations import save_answer, submit
from grants.screening import operations as screening
from grants.screening.checklist import ITEMS
from grants.screening.models import Check
from reviews.demonstration import steps
from reviews.demonstration.clock import at
from reviews.demonstration.stock import read

Outcome = Check.Outcome
NOTES = {
    "dues": "Attestations datées du mois du dépôt.",
    "documents": "Liasse lisible, Kbis à jour.",
    "age": "Vu au Kbis.",
}


def admit(dossiers, *, officer, after: timedelta, chance: Random) -> None:
    """Go through the checklist, then declare each dossier admissible."""
    days = [dossier.submitted_at + after * (0.5 + chance.random()) for dossier in dossiers]
    fill_checklists(dossiers, days, officer, chance)
    steps.take("admit", dossiers, days, repeat(officer, len(dossiers)))


def fill_checklists(dossiers, days, officer, chance: Random) -> None:
    Check.objects.bulk_create(
        (
            Check(
                dossier=dossier,
                key=item.key,
                outcome=Outcome.MET,
                note=NOTES.get(item.key, "") if chance.random() < 0.4 else "",
                checked_by=officer,
                checked_at=day - timedelta(hours=1),
            )
            for dossier, day in zip(dossiers, days, strict=True)
            for item in ITEMS
        ),
        batch_size=2_000,
    )


def admit_now(dossiers, *, officer, after: timedelta, chance: Random) -> None:
    """The same through the operation, which writes to the companies: for recent dossiers."""
    days = [dossier.submitted_at + after for dossier in dossiers]
    fill_checklists(dossiers, days, officer, chance)
    for dossier, day in zip(dossiers, days, strict=True):
        with at(day):
            screening.admit(dossier, actor=officer)


def reject(dossiers, *, officer, after: timedelta) -> None:
    reasons = read("sentences")["inadmissible"]
    for n, dossier in enumerate(dossiers):
        with at(dossier.submitted_at + after):
            screening.reject(dossier, reason=reasons[n % len(reasons)], actor=officer)


def ask_completion(dossiers, *, officer, after: timedelta, days_to_answer: int) -> None:
    messages = read("sentences")["completion"]
    for n, dossier in enumerate(dossiers):
        with at(dossier.submitted_at + after) as moment:
            screening.ask_completion(
                dossier,
                message=messages[n % len(messages)],
                questions=["turnover", "financing", "kbis", "accounts"],
                due_at=moment + timedelta(days=days_to_answer),
                actor=officer,
            )


def answer_completion(dossiers) -> None:
    """The companies correct one figure and hand in again the day after."""
    for dossier in dossiers:
        request = dossier.requests.get(answered_at=None)
        author = dossier.created_by
        with at(request.asked_at + timedelta(days=1, hours=7)) as moment:
            answer = dossier.answers.get(key="turnover")
            save_answer(
                dossier, "turnover", str(int(float(answer.value)) + 12_400),
                version=answer.version, actor=author, at=moment,
            )  # fmt: skip
            submit(dossier, actor=author, at=moment, after=1)
