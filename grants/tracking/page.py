"""The applicant's page as values: where the dossier stands, what comes, what was exchanged."""

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from grants.core.prepared import prepared
from grants.dossiers.holding import in_time
from grants.dossiers.models import Submission
from grants.dossiers.states import ALIVE, DECIDED, FINISHED, State
from grants.screening.delay import clock_of
from grants.screening.kept import requests_of
from grants.tracking.ahead import Calendar, ahead
from grants.tracking.exchanges import Link, announced_decision, exchanges, rows_of
from grants.tracking.standing import standing


def page_of(dossier, *, now):
    """Everything the page shows; three queries whatever was exchanged."""
    deposits = deposits_without_content(dossier.pk)
    requests = requests_of(dossier.pk)
    rows = rows_of(dossier)
    today = timezone.localdate(now)
    is_open = dossier.is_editable and in_time(dossier, now)
    goes_on = is_open or dossier.state != State.DRAFT
    return {
        "dossier": dossier,
        "standing": standing(dossier.state, is_open=is_open, versions=len(deposits)),
        "since": since(dossier, rows),
        "deadline": dossier.deadline if is_open else None,
        "places": ahead(dossier.state, calendar_of(dossier), today=today) if goes_on else (),
        "clock": None if is_decided(dossier) else clock_of(dossier, deposits, requests, today),
        "today": today,
        "act": act_of(dossier, is_open=is_open),
        "latest": deposits[-1] if deposits else None,
        "request": requests[-1] if requests and dossier.state == State.INCOMPLETE else None,
        "reason": reason_of(dossier, rows),
        "decision": announced_decision(dossier),
        "events": exchanges(dossier, deposits, requests, rows),
        "may_withdraw": dossier.is_author and dossier.state in ALIVE,
    }


@prepared
def deposits_without_content(dossier):
    """First to last, with the list of their files: the rest weighs, and nobody shows it."""
    deposits = Submission.objects.filter(dossier=dossier).select_related("by").order_by("version")
    return deposits.defer("content").annotate(documents=F("content__documents"))


def is_decided(dossier):
    """Silence says nothing any more: somebody has spoken."""
    return dossier.state in FINISHED or dossier.state in DECIDED


def since(dossier, rows):
    """When it came to where it stands."""
    steps = [at for _kind, at, _pk, _who, _text, more in rows if more == dossier.state]
    return max(steps, default=dossier.submitted_at or dossier.created_at)


def reason_of(dossier, rows):
    """What was written when the dossier left the call."""
    steps = {State.INADMISSIBLE: "reject", State.WITHDRAWN: "withdraw"}
    wanted = steps.get(dossier.state)
    return next((text for kind, _at, _pk, _who, text, _more in rows if kind == wanted), "")


def calendar_of(dossier):
    """The days of its call; a draft may have a deadline of its own."""
    call = dossier.call
    closing = dossier.deadline if dossier.state == State.DRAFT else call.closes_at
    return Calendar(
        closes_on=timezone.localdate(closing),
        reviews_due_on=timezone.localdate(call.reviews_due_at),
        committee_on=call.committee_on,
        decision_on=call.decision_on,
    )


def act_of(dossier, *, is_open):
    """The one thing to do now; readers get what they may open."""
    if announced_decision(dossier):
        return Link(_("Lire la décision"), reverse("decisions:decision", args=[dossier.pk]))
    if is_open and dossier.is_author:
        return Link(writing_of(dossier), dossier.get_absolute_url())
    if is_open:
        return Link(_("Lire le dossier"), dossier.get_absolute_url())
    if dossier.state in {State.DRAFT, State.WITHDRAWN}:
        return Link(_("Voir les appels ouverts"), reverse("dossiers:list"))
    label = _("Écrire au service") if dossier.is_author else _("Lire les échanges")
    return Link(label, reverse("correspondence:thread", args=[dossier.pk]))


def writing_of(dossier):
    if dossier.state == State.INCOMPLETE:
        return _("Compléter le dossier")
    return _("Continuer le dossier")
