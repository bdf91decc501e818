"""Who did what, and when: every step behind one decision, in the order it was taken."""

from grants.appeals.models import AppealStep
from grants.appeals.states import State
from grants.decisions.models import AllocationStep
from grants.dossiers.story import TITLES
from reviews.assignments.models import AssignmentStep
from reviews.evaluations.models import EvaluationStep

WORDS = {
    "propose": "Proposition transmise",
    "check": "Proposition contrôlée",
    "send_back": "Proposition renvoyée à son auteur",
    "report": "Proposition soumise au vote",
    "adjourn": "Rapport retiré du vote",
    "reopen": "Vote repris, mal saisi",
    "vote": "Vote enregistré",
    "announce": "Décisions annoncées",
    "submit_evaluation": "Évaluation remise",
    "reopen_evaluation": "Évaluation rouverte",
}


def steps_of(decision):
    dossier, allocation = decision.dossier, decision.allocation
    found = [
        *told(dossier.history, lambda step: str(TITLES.get(step.step, step.step))),
        *told(EvaluationStep.objects.filter(evaluation__assignment__dossier=dossier), reading),
        *told(AssignmentStep.objects.filter(assignment__dossier=dossier), leaving),
        *told(AllocationStep.objects.filter(allocation=allocation), word),
        *told(AppealStep.objects.filter(appeal__decision=decision), appealing),
    ]
    return sorted(found, key=lambda one: one["at"])


def told(steps, title):
    return [
        {
            "at": step.at.isoformat(),
            "title": title(step),
            "by": str(step.actor),
            "reason": step.reason,
        }
        for step in steps.select_related("actor").order_by("at", "pk")
    ]


def word(step):
    return WORDS.get(step.step, step.step)


def appealing(step):
    return (
        f"Recours\u202f: {State(step.target).label}" if step.target in State.values else step.step
    )


def reading(step):
    return WORDS.get(f"{step.step}_evaluation", f"Évaluation\u202f: {step.step}")


def leaving(step):
    return f"Affectation\u202f: {step.source} → {step.target}"
