"""The pages that are measured: who opens them, what kind of page they are, on which row."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from bench.aims import DETAIL, LIST
from grants.decisions.feedback import Feedback
from grants.decisions.models import Allocation
from grants.dossiers.models import Dossier
from grants.funding.models import Envelope
from grants.programmes.models import Call, Programme
from reviews.assignments.models import Assignment
from reviews.committees.models import Item, Session
from reviews.evaluations.models import Evaluation
from reviews.links.models import DetectedLink


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
            rows = self.row() if self.row else ()
            found = [row.pk for row in (rows if isinstance(rows, tuple) else (rows,))]
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


def reading_to_declare():
    return Assignment.objects.filter(
        state="active",
        is_handed_in=False,
        expert__user__email__startswith="solange.arnal",
        dossier__state="in_review",
    ).first()


def handed_in_reading():
    return Evaluation.objects.filter(
        state="submitted",
        assignment__state="active",
        assignment__expert__user__email__startswith="solange.arnal",
        assignment__dossier__state="in_review",
    ).first()


def reader_to_change():
    """A dossier, and an expert of its call who does not read it."""
    dossier = own("in_review")()
    seats = dossier.call.seats.usable().exclude(expert__assignments__dossier=dossier)
    return dossier, seats.first().expert


def decided_call():
    return Call.objects.filter(state="decided").first()


def ranked_dossier():
    return Dossier.objects.filter(rank_line__isnull=False).first()


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
    # A table of experts, a page at a time: lists, though they stand on one dossier or one call.
    Page("officer", LIST, "assignments:dossier", own("in_review")),
    Page("officer", LIST, "followup:call", under_review),
    Page("officer", DETAIL, "assignments:change", reader_to_change),
    Page("officer", LIST, "assignments:rules", under_review),
    Page("officer", LIST, "followup:apart", under_review),
    Page("officer", LIST, "followup:chart", under_review),
    Page("officer", LIST, "followup:chart", under_review, "?kind=late"),
    Page("officer", LIST, "followup:chart", under_review, "?kind=short"),
    Page("officer", LIST, "followup:chart", under_review, "?kind=done"),
    Page("officer", DETAIL, "followup:live", under_review),
    Page("officer", LIST, "conflicts:links", under_review),
    Page("officer", DETAIL, "conflicts:link", DetectedLink.objects.filter(state="open").first),
    Page("officer", LIST, "evaluations:flags", under_review),
    Page("officer", DETAIL, "phases:call", under_review),
    Page("officer", DETAIL, "experts:import", under_review),
    Page("officer", DETAIL, "evaluations:for_dossier", own("in_review")),
    Page("manager", LIST, "cockpit:home"),
    Page("manager", LIST, "programmes:calls"),
    Page("manager", DETAIL, "programmes:call", under_review),
    Page("manager", DETAIL, "programmes:programme", Programme.objects.first),
    Page("manager", DETAIL, "evaluations:grounds", under_review),
    Page("manager", LIST, "panels:ranking", under_review),
    Page("manager", LIST, "panels:methods", under_review),
    Page("manager", LIST, "panels:severity", under_review),
    Page("auditor", LIST, "panels:fairness", under_review),
    Page("manager", LIST, "decisions:list"),
    Page("manager", LIST, "decisions:studio", Allocation.objects.first),
    Page("manager", DETAIL, "decisions:decision", ranked_dossier),
    Page("manager", LIST, "committees:list"),
    Page("manager", DETAIL, "committees:plan", open_call),
    Page("manager", LIST, "committees:room", Session.objects.first),
    Page("manager", DETAIL, "committees:reading", Item.objects.first),
    Page("manager", LIST, "feedback:overview", decided_call),
    Page("manager", DETAIL, "feedback:edit", Feedback.objects.first),
    Page("finance", LIST, "funding:envelopes"),
    Page("finance", LIST, "funding:envelope", Envelope.objects.first),
    Page("auditor", LIST, "cockpit:home"),
    Page("reviewer_assigned", LIST, "evaluations:desk"),
    Page("reviewer_assigned", DETAIL, "evaluations:evaluate", own_reading),
    Page("reviewer_assigned", DETAIL, "evaluations:declare", reading_to_declare),
    Page("reviewer_assigned", DETAIL, "evaluations:own", handed_in_reading),
    Page("reviewer_assigned", LIST, "evaluations:others", handed_in_reading),
    Page("reviewer_assigned", LIST, "evaluations:offline"),
    Page("reviewer_assigned", DETAIL, "experts:undertaking", under_review),
    Page("reviewer_assigned", DETAIL, "experts:profile"),
)
