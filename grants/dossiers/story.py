"""What happened to a dossier and what comes next, in words for its readers."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.core import wording
from grants.dossiers.states import State

TITLES = {
    "submit": gettext_lazy("Dossier déposé"),
    "ask_completion": gettext_lazy("Complément demandé"),
    "admit": gettext_lazy("Dossier déclaré recevable"),
    "reject": gettext_lazy("Dossier déclaré irrecevable"),
    "start_review": gettext_lazy("Évaluation par les experts commencée"),
    "rank": gettext_lazy("Classement établi"),
    "award": gettext_lazy("Aide attribuée"),
    "reserve": gettext_lazy("Inscription en liste de réserve"),
    "refuse": gettext_lazy("Aide refusée"),
    "withdraw": gettext_lazy("Dossier retiré"),
}
# Steps that mean nothing to applicants, and whose author is the funder and not a person.
INTERNAL = {"rank"}
BY_APPLICANTS = {"submit", "withdraw"}
TOLD_WITH_REASON = {"ask_completion", "reject", "withdraw"}


def timeline_of(dossier, *, for_staff):
    """Newest first; applicants read of steps and reasons meant for them, not of who took them."""
    steps = dossier.history.select_related("actor").order_by("-at", "-pk")
    return [
        event_of(step, for_staff=for_staff)
        for step in steps
        if for_staff or step.step not in INTERNAL
    ]


def event_of(step, *, for_staff):
    named = for_staff or step.step in BY_APPLICANTS
    return {
        "at": step.at,
        "title": TITLES.get(step.step, step.step),
        "actor": str(step.actor) if named else "",
        "note": step.reason if for_staff or step.step in TOLD_WITH_REASON else "",
    }


def request_of(dossier):
    """The last request to complete: what was written to the applicant, and when."""
    return dossier.history.filter(step="ask_completion").order_by("at", "pk").last()


def calendar_of(dossier):
    """Where the dossier stands on its way, with the dates the call has published."""
    call = dossier.call
    places = [
        (_("Dépôt"), timezone.localdate(dossier.submitted_at) if dossier.submitted_at else None),
        (_("Recevabilité"), None),
        (_("Évaluation"), timezone.localdate(call.reviews_due_at)),
        (_("Comité de sélection"), call.committee_on),
        (_("Vote de la Région"), call.decision_on),
    ]
    here = PLACE.get(dossier.state)
    return [
        {
            "label": f"{label} · {wording.day(on, weekday=False)}" if on else label,
            "state": "todo" if here is None or n > here else "done" if n < here else "current",
        }
        for n, (label, on) in enumerate(places)
    ]


PLACE = {
    State.SUBMITTED: 1,
    State.INCOMPLETE: 1,
    State.ADMISSIBLE: 2,
    State.IN_REVIEW: 2,
    State.RANKED: 4,
    State.RESERVE: 5,
    State.AWARDED: 5,
    State.REFUSED: 5,
}
