"""A dossier scored by two readers, then completed by its company."""

from datetime import timedelta

import pgtrigger
from django.utils import timezone

from grants.dossiers.operations import save_answer, submit
from grants.screening.operations import ask_completion
from reviews.evaluations.stale import Ground
from tests.factories import (
    join,
    make_assignment,
    make_call,
    make_dossier,
    make_evaluation,
    make_staff,
)

FORM = {
    "sections": [
        {
            "key": "projet",
            "title": "Votre projet",
            "questions": [
                {
                    "key": "title",
                    "kind": "short_text",
                    "label": "Nom du projet",
                    "fact": "title",
                },
                {"key": "summary", "kind": "long_text", "label": "Résumé"},
                {"key": "market", "kind": "long_text", "label": "Marché"},
                {
                    "key": "iban",
                    "kind": "short_text",
                    "label": "Compte",
                    "confidentiality": "bank",
                },
                {
                    "key": "team",
                    "kind": "long_text",
                    "label": "Équipe",
                    "confidentiality": "personal",
                },
            ],
        }
    ]
}


class Scene:
    """`ours` has handed in, `draft` is half written; innovation rests on the summary."""

    def __init__(self, *, grounds=(("innovation", "summary"), ("impact", "market")), **call):
        self.call = make_call(definition=FORM, **call)
        self.call.refresh_from_db()
        self.dossier = make_dossier(call=self.call)
        self.applicant = self.dossier.created_by
        if not self.dossier.organisation.memberships.exists():
            join(self.applicant, self.dossier.organisation)
        self.write(
            title="Hydrogène", summary="Un client pilote", market="Mille usines", iban="FR1",
            team="Ève Ruiz",
        )  # fmt: skip
        submit(self.dossier, actor=self.applicant)
        for key, question in grounds:
            Ground.objects.create(criterion=self.call.criteria.get(key=key), key=question)
        self.call.state = "reviewing"
        self.call.save()
        self.officer = make_staff(self.call.programme)
        for state in ("admissible", "in_review"):
            self.dossier.state = state
            self.dossier.save()
        marks = {"innovation": 4, "impact": 2}
        self.ours = self.read(scores=marks, submitted=True)
        self.draft = self.read(scores={"innovation": 3})
        self.dossier.refresh_from_db()

    def read(self, **how):
        how = {"strengths": "Fort.", "weaknesses": "Faible.", "confidence": 2, **how}
        return make_evaluation(assignment=make_assignment(dossier=self.dossier), **how)

    def write(self, **answers):
        for key, value in answers.items():
            known = self.dossier.answers.filter(key=key).first()
            save_answer(
                self.dossier, key, value, version=known.version if known else 0,
                actor=self.applicant,
            )  # fmt: skip

    def ask(self, *questions):
        ask_completion(
            self.dossier, message="Précisez.", questions=list(questions),
            due_at=timezone.now() + timedelta(days=5), actor=self.officer,
        )  # fmt: skip

    def complete(self, **answers):
        self.ask(*answers)
        self.write(**answers)
        submit(self.dossier, actor=self.applicant)
        self.dossier.refresh_from_db()
        for evaluation in (self.ours, self.draft):
            evaluation.assignment.dossier.refresh_from_db()

    def let_time_pass(self):
        """The day given for the answer is behind us."""
        with pgtrigger.ignore():
            self.dossier.reopened_until = timezone.now() - timedelta(hours=1)
            self.dossier.save()
