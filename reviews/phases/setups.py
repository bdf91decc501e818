"""Ready-made ways to read a call: phases as bundles of rights, dated from its calendar."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reviews.phases.rights import (
    DECIDE,
    DISCUSS,
    NAME_APPLICANTS,
    NAME_READERS,
    SCORE,
    SEE_OTHERS,
)


@dataclass(frozen=True)
class Calendar:
    """The instants of a call the phases hang on."""

    closes_at: datetime
    reviews_due_at: datetime
    committee_at: datetime
    decided_at: datetime


@dataclass(frozen=True)
class Planned:
    name: str | Promise
    opens_at: datetime
    closes_at: datetime
    rights: frozenset[str]


@dataclass(frozen=True)
class Setup:
    key: str
    name: str | Promise
    purpose: str | Promise
    plan: Callable[[Calendar], list[Planned]]


def planned(setup: Setup, calendar: Calendar) -> list[Planned]:
    """The phases of this call, in order; one the calendar leaves no time for is left out."""
    return [phase for phase in setup.plan(calendar) if phase.opens_at < phase.closes_at]


def independent(on: Calendar) -> list[Planned]:
    talk = frozenset({SCORE, SEE_OTHERS, DISCUSS, NAME_APPLICANTS})
    decide = frozenset({SEE_OTHERS, DISCUSS, DECIDE, NAME_APPLICANTS, NAME_READERS})
    return [
        Planned(
            _("Lectures indépendantes"),
            on.closes_at,
            on.reviews_due_at,
            frozenset({SCORE, NAME_APPLICANTS}),
        ),
        Planned(_("Discussion"), on.reviews_due_at, on.committee_at, talk),
        Planned(_("Comité"), max(on.committee_at, on.reviews_due_at), on.decided_at, decide),
    ]


def open_panel(on: Calendar) -> list[Planned]:
    """Who has handed in reads the others at once, and knows who they are."""
    talk = frozenset({SCORE, SEE_OTHERS, DISCUSS, NAME_APPLICANTS, NAME_READERS})
    return [
        Planned(_("Lecture ouverte"), on.closes_at, on.committee_at, talk),
        Planned(_("Comité"), on.committee_at, on.decided_at, talk | {DECIDE}),
    ]


def double_blind(on: Calendar) -> list[Planned]:
    """Nobody's name shows while marks are given; the committee learns whom it ranks."""
    decide = frozenset({SEE_OTHERS, DISCUSS, DECIDE, NAME_APPLICANTS})
    return [
        Planned(_("Lectures à l’aveugle"), on.closes_at, on.reviews_due_at, frozenset({SCORE})),
        Planned(
            _("Discussion à l’aveugle"),
            on.reviews_due_at,
            on.committee_at,
            frozenset({SCORE, SEE_OTHERS, DISCUSS}),
        ),
        Planned(_("Comité"), max(on.committee_at, on.reviews_due_at), on.decided_at, decide),
    ]


SETUPS = (
    Setup(
        "independent",
        _("Lectures indépendantes, puis discussion"),
        _(
            "Chacun note seul. La date de remise passée, les lecteurs d’un dossier se lisent "
            "entre eux sans se nommer, et en discutent."
        ),
        independent,
    ),
    Setup(
        "open",
        _("Lecture ouverte"),
        _(
            "Dès qu’un lecteur a remis son évaluation, il lit celles des autres, signées, et "
            "en discute."
        ),
        open_panel,
    ),
    Setup(
        "blind",
        _("Double anonymat"),
        _(
            "Les experts notent sans savoir de quelle entreprise est le dossier : nom, "
            "personnes, adresses et numéros sont masqués, les pièces sont des copies sans auteur, "
            "retenues si elles la nomment. Le comité apprend les noms."
        ),
        double_blind,
    ),
)
BY_KEY = {setup.key: setup for setup in SETUPS}
