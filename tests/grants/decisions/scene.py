"""A call whose order is handed over: three dossiers, an envelope for one and a half."""

from decimal import Decimal

from django.utils import timezone

from grants.decisions.operations import prepare, receive_ranking
from grants.decisions.received import ReceivedLine, ReceivedRanking
from grants.programmes.states import Role
from grants.votes.operations import deliberate, report
from tests.factories import make_call, make_dossier, make_envelope, make_programme, make_staff


class Scene:
    """Ranks 1 and 2 pass the threshold of 2.5, rank 3 does not; each asks 100 000 €."""

    def __init__(self, *, endowed=150_000, scores=("4.2", "3.1", "2.0"), impact=None):
        self.impact = {"mean": 2, **(impact or {})}
        self.programme = make_programme()
        self.manager = make_staff(self.programme, Role.MANAGER)
        self.second = make_staff(self.programme, Role.MANAGER)
        self.officer = make_staff(self.programme, Role.OFFICER)
        self.call = make_call(self.programme, state="reviewing")
        self.envelope = make_envelope(self.programme, endowed=endowed, actor=self.manager)
        self.dossiers = [make_dossier(call=self.call, state="in_review") for _ in scores]
        self.scores = scores

    def order(self, dossiers=None):
        return ReceivedRanking(
            method="raw",
            lines=tuple(
                ReceivedLine(
                    dossier_id=dossier.pk,
                    rank=rank,
                    score=Decimal(score),
                    raw=Decimal(score),
                    reviews=3,
                    by_criterion=(
                        {"key": "innovation", "name": "Innovation", "mean": 4},
                        {"key": "impact", "name": "Impact", **self.impact},
                    ),
                )
                for rank, (dossier, score) in enumerate(
                    zip(dossiers or self.dossiers, self.scores, strict=True), 1
                )
            ),
            content={"mean": 3.1},
        )

    def ranked(self):
        receive_ranking(self.call, self.order(), actor=self.manager)
        self.call.refresh_from_db()
        return self.call.ranking

    def prepared(self):
        self.ranked()
        return prepare(self.call, envelope=self.envelope, actor=self.manager)

    def decisions(self):
        return list(self.call.allocation.decisions.order_by("rank"))


def vote(allocation, *, actor, number="CP/2026-11/12.07"):
    """Put a checked allocation to the vote and enter it, unchanged."""
    report(allocation, actor=actor)
    return deliberate(
        allocation,
        body="la Commission permanente",
        held_on=timezone.localdate(),
        number=number,
        actor=actor,
    )
