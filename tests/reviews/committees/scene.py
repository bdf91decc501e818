"""A call whose dossiers are read, and its committee: a chair who manages the programme, members."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from grants.programmes.states import Role
from reviews.committees import operations
from reviews.committees.states import Part
from tests.factories import (
    make_assignment,
    make_call,
    make_dossier,
    make_envelope,
    make_evaluation,
    make_expert,
    make_programme,
    make_staff,
    make_user,
)


class Room:
    """`marks` are the rows of the table of scores: one dossier per row, one reader per column."""

    def __init__(self, *marks, mode="vote", quorum=2):
        self.programme = make_programme()
        self.call = make_call(self.programme, state="reviewing")
        self.envelope = make_envelope(self.programme, endowed=150_000)
        self.chair = make_staff(self.programme, Role.MANAGER, full_name="Isabelle Cazenave")
        self.second = make_staff(self.programme, Role.MANAGER, full_name="Hervé Sicard")
        self.officer = make_staff(self.programme, Role.OFFICER, full_name="Thomas Ginestet")
        self.readers = [
            make_expert(self.call, full_name=f"Lectrice {n}") for n in range(len(marks[0]))
        ]
        self.dossiers = [self.read(row) for row in marks]
        self.anne = make_user(full_name="Anne Delmas")
        self.expert = make_expert(self.call, full_name="Solange Arnal")
        self.session = operations.plan(
            self.call,
            parts={
                self.chair: Part.CHAIR,
                self.second: Part.SECRETARY,
                self.anne: Part.MEMBER,
                self.expert.user: Part.MEMBER,
            },
            actor=self.officer,
            held_at=timezone.now() + timedelta(days=1),
            place="Salle 3",
            mode=mode,
            quorum=quorum,
        )

    def read(self, row):
        dossier = make_dossier(call=self.call, state="in_review")
        for expert, mark in zip(self.readers, row, strict=True):
            pair = make_assignment(dossier=dossier, expert=expert)
            scores = {"innovation": mark, "impact": mark}
            texts = {"strengths": f"Forte {mark}.", "weaknesses": f"Faible {mark}."}
            make_evaluation(assignment=pair, scores=scores, submitted=True, **texts)
        return dossier

    def member(self, user):
        return self.session.members.get(user=user)

    def item(self, dossier):
        return self.session.items.select_related("session__call", "dossier").get(dossier=dossier)

    def open(self, *absent):
        operations.open_session(self.session, actor=self.chair)
        for member in self.session.members.all():
            if member.user not in absent:
                operations.arrive(self.session, member, actor=self.chair)
        return self

    def call_up(self, dossier):
        return operations.call_up(self.item(dossier), actor=self.chair)

    def voting(self, dossier, proposed="4.5", note="Le comité relève la note."):
        item = self.call_up(dossier)
        return operations.put_to_vote(item, proposed=Decimal(proposed), note=note, actor=self.chair)

    def vote(self, dossier, **choices):
        """`room.vote(dossier, chair="for", anne="against")`, then the count."""
        item = self.voting(dossier)
        for name, choice in choices.items():
            operations.cast(item, choice, actor=self.person(name))
        return operations.settle(item, actor=self.chair)

    def person(self, name):
        return self.expert.user if name == "expert" else getattr(self, name)

    def close(self, actor=None):
        return operations.close(self.session, actor=actor or self.chair)
