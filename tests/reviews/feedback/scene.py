"""A call whose order is settled, its readers' texts, and the feedback drafted from them."""

from grants.decisions.feedback import Feedback
from grants.programmes.states import Role
from reviews.feedback import operations
from reviews.panels.operations import settle
from tests.factories import (
    make_assignment,
    make_call,
    make_dossier,
    make_envelope,
    make_evaluation,
    make_expert,
    make_programme,
    make_staff,
)


class Round:
    def __init__(self, *marks):
        self.programme = make_programme()
        self.call = make_call(self.programme, state="reviewing")
        self.manager = make_staff(self.programme, Role.MANAGER)
        self.finance = make_staff(self.programme, Role.FINANCE)
        self.officer = make_staff(self.programme, Role.OFFICER)
        self.envelope = make_envelope(self.programme, endowed=500_000)
        self.experts = [
            make_expert(self.call, full_name=name) for name in ("Solange Arnal", "Guy Martel")
        ]
        self.dossiers = [self.read(mark) for mark in marks or (4, 2)]
        settle(self.call, actor=self.manager)
        self.call.refresh_from_db()

    def read(self, mark):
        dossier = make_dossier(call=self.call, state="in_review")
        for n, expert in enumerate(self.experts):
            make_evaluation(
                assignment=make_assignment(dossier=dossier, expert=expert),
                scores={"innovation": mark, "impact": 1},
                submitted=True,
                strengths=f"Atout {n} vu par {expert}.",
                weaknesses=f"Limite {n}.",
            )
        return dossier

    def prepared(self):
        operations.prepare(self.call, actor=self.officer)
        return Feedback.objects.get(dossier=self.dossiers[0])

    def text(self, feedback, column="strengths"):
        """The name of the field on the whole of the dossier."""
        return f"{column}-{feedback.parts.get(criterion=None).pk}"
