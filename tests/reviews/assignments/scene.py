"""A call in review with admissible dossiers, experts of its pool and an officer."""

from reviews.assignments.proposal import propose
from reviews.evaluations.operations import hand_out
from tests.factories import make_call, make_dossier, make_expert, make_staff


class Pool:
    def __init__(self, *, dossiers=3, experts=4, capacity=12, reviews=2):
        self.call = make_call(state="reviewing", reviews_per_dossier=reviews)
        self.officer = make_staff(self.call.programme)
        self.dossiers = [make_dossier(call=self.call, state="admissible") for _ in range(dossiers)]
        self.experts = [make_expert(self.call, capacity=capacity) for _ in range(experts)]

    def propose(self):
        return propose(self.call)

    def apply(self, digest=None):
        return hand_out(self.call, digest=digest or self.propose().digest, actor=self.officer)
