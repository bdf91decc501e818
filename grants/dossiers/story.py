"""What happened to a dossier and what comes next, in words for its readers."""

from django.utils.translation import gettext_lazy

from grants.dossiers.states import State

TITLES = {
    "submit": gettext_lazy("Dossier déposé"),
    "ask_completion": gettext_lazy("Complément demandé"),
    "extend_completion": gettext_lazy("Délai de réponse prolongé"),
    "complete": gettext_lazy("Complément reçu"),
    "resume_review": gettext_lazy("Évaluation reprise sans complément"),
    "admit": gettext_lazy("Dossier déclaré recevable"),
    "reject": gettext_lazy("Dossier déclaré irrecevable"),
    "start_review": gettext_lazy("Évaluation par les experts commencée"),
    "rank": gettext_lazy("Classement établi"),
    "award": gettext_lazy("Aide attribuée"),
    "reserve": gettext_lazy("Inscription en liste de réserve"),
    "refuse": gettext_lazy("Aide refusée"),
    "give_up": gettext_lazy("Aide abandonnée par l’entreprise"),
    "award_on_appeal": gettext_lazy("Aide attribuée après recours"),
    "withdraw": gettext_lazy("Dossier retiré"),
}
# Steps that mean nothing to applicants, and whose author is the funder and not a person.
INTERNAL = {"rank"}
BY_APPLICANTS = {"submit", "complete", "withdraw"}
TOLD_WITH_REASON = {"ask_completion", "extend_completion", "reject", "withdraw"}


def timeline_of(dossier):
    """Newest first, for the funder: who took which step, and why."""
    steps = dossier.history.select_related("actor").order_by("-at", "-pk")
    return [
        {
            "at": step.at,
            "title": TITLES.get(step.step, step.step),
            "actor": str(step.actor),
            "note": step.reason,
        }
        for step in steps
    ]


def request_of(dossier):
    """The last request to complete: what was written to the applicant, and when."""
    return dossier.history.filter(step="ask_completion").order_by("at", "pk").last()


def was_being_read(dossier):
    """The last request to complete took the dossier from its readers."""
    asked = request_of(dossier)
    return asked is not None and asked.source == State.IN_REVIEW
