"""A reader at work on a dossier, with an evaluation begun, and what would link the two."""

from django.utils import timezone

from accounts.people.models import User
from grants.dossiers.models import Submission
from reviews.conflicts import operations
from reviews.links.models import DetectedLink
from tests.factories import (
    make_assignment,
    make_call,
    make_dossier,
    make_evaluation,
    make_expert,
    make_staff,
)


class Reading:
    def __init__(self, **assignment):
        self.call = make_call(state="reviewing", reviews_per_dossier=2)
        self.officer = make_staff(self.call.programme)
        self.dossier = make_dossier(call=self.call, state="in_review", title="Tuiles solaires")
        self.expert = make_expert(self.call)
        self.assignment = make_assignment(dossier=self.dossier, expert=self.expert, **assignment)
        self.evaluation = make_evaluation(assignment=self.assignment, scores={"impact": 4})

    def bind(self):
        """The expert turns out to work for the company."""
        self.expert.siren = self.dossier.organisation.siren
        self.expert.save()

    def look(self):
        return operations.look_at_call(self.call, actor=User.objects.system())

    @property
    def link(self):
        return DetectedLink.objects.get(expert=self.expert, dossier=self.dossier)


def hand_in(dossier, answers, version=1):
    """A deposit with these answers; triggers read the companies it declares."""
    now = timezone.now()
    return Submission.objects.create(
        dossier=dossier, version=version, at=now, by=dossier.created_by,
        content={"answers": answers}, sha256="0" * 64, deadline_at=dossier.deadline,
    )  # fmt: skip
