"""The pages that are measured: who opens them, what kind of page they are, on which row."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from bench.aims import DETAIL, LIST
from grants.decisions.models import Allocation
from grants.dossiers.models import Dossier
from grants.funding.models import Envelope
from grants.programmes.models import Call, Programme
from reviews.evaluations.models import Evaluation


@dataclass(frozen=True)
class Page:
    identity: str  # a role of the demonstration, or "" for the public
    kind: str
    name: str
    row: Callable[[], object] | None = None
    end: str = ""

    @property
    def label(self) -> str:
        return f"{self.name} {self.end}".strip()

    def address(self) -> str | None:
        """None when this build has no such page, or no row to show on it."""
        try:
            found = [self.row().pk] if self.row else []
            extra = [self.end] if self.end and not self.end.startswith("?") else []
            query = self.end if self.end.startswith("?") else ""
            return reverse(self.name, args=[*found, *extra]) + query
        except (NoReverseMatch, AttributeError):
            return None


def under_review():
    return Call.objects.filter(state="reviewing").first()


def open_call():
    return Call.objects.filter(state="open", dossiers__isnull=False).first()


def own(state):
    return lambda: Dossier.objects.filter(
        state=state, organisation__memberships__user__email__startswith="claire.vasseur"
    ).first()


def to_screen():
    return Dossier.objects.filter(state="submitted").first()


def own_reading():
    return Evaluation.objects.filter(
        state="draft",
        assignment__state="active",
        assignment__expert__user__email__startswith="solange.arnal",
        assignment__dossier=own("in_review")(),
    ).first()


PAGES = (
    Page("", LIST, "opendata:public"),
    Page("", LIST, "opendata:awards"),
    Page("", DETAIL, "opendata:eligibility"),
    Page("", DETAIL, "programmes:call", open_call),
    Page("", DETAIL, "account_login"),
    Page("applicant_owner", LIST, "dossiers:list"),
    Page("applicant_owner", DETAIL, "dossiers:detail", own("draft")),
    Page("applicant_owner", DETAIL, "dossiers:section", own("draft"), "projet"),
    Page("applicant_owner", DETAIL, "dossiers:section", own("draft"), "budget"),
    Page("applicant_owner", DETAIL, "dossiers:check", own("draft")),
    Page("applicant_owner", DETAIL, "tracking:dossier", own("in_review")),
    Page("applicant_owner", DETAIL, "dossiers:answers", own("in_review")),
    Page("applicant_owner", LIST, "notifications:inbox"),
    Page("applicant_owner", DETAIL, "people:profile"),
    Page("officer", LIST, "screening:queue"),
    Page("officer", DETAIL, "screening:dossier", to_screen),
    Page("officer", LIST, "experts:pool", under_review),
    Page("officer", LIST, "assignments:overview", under_review),
    Page("officer", LIST, "assignments:progress", under_review),
    Page("officer", DETAIL, "assignments:dossier", own("in_review")),
    Page("officer", LIST, "followup:call", under_review),
    Page("officer", LIST, "followup:chart", under_review),
    Page("officer", DETAIL, "evaluations:for_dossier", own("in_review")),
    Page("manager", LIST, "cockpit:home"),
    Page("manager", LIST, "programmes:calls"),
    Page("manager", DETAIL, "programmes:call", under_review),
    Page("manager", DETAIL, "programmes:programme", Programme.objects.first),
    Page("manager", LIST, "panels:ranking", under_review),
    Page("manager", LIST, "panels:methods", under_review),
    Page("manager", LIST, "panels:severity", under_review),
    Page("auditor", LIST, "panels:fairness", under_review),
    Page("manager", LIST, "decisions:list"),
    Page("manager", LIST, "decisions:studio", Allocation.objects.first),
    Page("finance", LIST, "funding:envelopes"),
    Page("finance", LIST, "funding:envelope", Envelope.objects.first),
    Page("auditor", LIST, "cockpit:home"),
    Page("reviewer_assigned", LIST, "evaluations:desk"),
    Page("reviewer_assigned", DETAIL, "evaluations:evaluate", own_reading),
    Page("reviewer_assigned", DETAIL, "experts:profile"),
)
