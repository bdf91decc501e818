"""Everything a company sent about a dossier and everything it received, in one list.

Seven kinds of rows come in one query, deposits and requests in one each, whatever their number.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Case, CharField, F, TextField, Value, When
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from grants.core.prepared import prepared
from grants.decisions.states import AllocationState
from grants.dossiers.models import Dossier
from grants.dossiers.states import State
from grants.dossiers.story import BY_APPLICANTS, INTERNAL, TITLES, TOLD_WITH_REASON

SENT, RECEIVED = "sent", "received"
# A longer message is read whole where messages are written.
LONGEST_SHOWN = 600
# Told by something that says more: the deposit, the request, the decision.
TOLD_ELSEWHERE = {"submit", "complete", "ask_completion", "award", "reserve", "refuse"}


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    icon: str = "file-text"


@dataclass(frozen=True)
class Event:
    """One thing that was sent or received."""

    at: datetime
    way: str
    title: str
    who: str = ""
    text: str = ""
    links: tuple[Link, ...] = ()
    files: tuple[Any, ...] = field(default=())
    sha256: str = ""
    version: int = 0

    @property
    def way_label(self):
        return _("Envoyé") if self.way == SENT else _("Reçu")


def rows_of(dossier):
    """(kind, at, pk, who, text, more), unordered, in one query."""
    return rows_about(dossier.pk)


@prepared
def rows_about(pk):
    dossier = Dossier(pk=pk)
    message = Case(When(is_from_funder=True, then=Value("letter")), default=Value("message"))
    return shaped(
        dossier.history.exclude(step__in=INTERNAL), F("step"), "actor", "reason", "target"
    ).union(
        shaped(dossier.messages, message, "author", "text"),
        shaped(dossier.documents, Value("file"), "uploaded_by", "name", "version",
               at="uploaded_at"),
        shaped(dossier.refused_uploads, Value("refused_file"), "sent_by", "name", "reason",
               at="refused_at"),
        shaped(dossier.attempts, Value("attempt"), "by", "told"),
        all=True,
    )  # fmt: skip


def shaped(rows, kind, who, text, more=None, *, at="at"):
    """Rows of any table in the six columns of the list."""
    return (
        rows.order_by()
        .annotate(
            row_kind=Cast(kind, CharField()),
            row_at=F(at),
            row_who=F(f"{who}__full_name"),
            row_text=Cast(F(text), TextField()),
            row_more=Cast(F(more) if more else Value(""), TextField()),
        )
        .values_list("row_kind", "row_at", "pk", "row_who", "row_text", "row_more")
    )


def exchanges(dossier, deposits, requests, rows):
    """Newest first. Deposits carry their files; requests and decisions say more than a step."""
    versions = {pk: more for kind, _at, pk, _who, _text, more in rows if kind == "file"}
    handed_in = {told["id"] for deposit in deposits for told in deposit.documents or ()}
    asked = {request.asked_at for request in requests}
    decision = announced_decision(dossier)
    events = [
        *(deposit_event(dossier, deposit, versions) for deposit in deposits),
        *(request_event(dossier, request) for request in requests),
        *([decision_event(dossier, decision)] if decision else ()),
    ]
    for kind, at, pk, who, text, more in rows:
        if kind == "file" and pk in handed_in:
            continue
        if kind in TOLD_ELSEWHERE and told(kind, deposits, asked, decision):
            continue
        events.append(event_of(dossier, (kind, at, pk, who, text, more)))
    return sorted(events, key=lambda event: event.at, reverse=True)


def told(step, deposits, asked, decision):
    """A step that something richer already tells."""
    richer = {"submit": deposits, "complete": deposits, "ask_completion": asked}
    return richer.get(step, decision)


def announced_decision(dossier):
    decision = getattr(dossier, "decision", None)
    if decision is None or decision.allocation.state != AllocationState.ANNOUNCED:
        return None
    return decision


def event_of(dossier, row):
    kind, at, pk, who, text, more = row
    if kind in {"letter", "message"}:
        return message_event(dossier, row)
    if kind == "file":
        link = Link(text, reverse("dossiers:document", args=[dossier.pk, pk]), "paperclip")
        title = _("Pièce enregistrée, version %(n)s, pas encore déposée") % {"n": more}
        return Event(at, SENT, title, who, links=(link,))
    if kind == "refused_file":
        return Event(at, SENT, _("Pièce refusée : « %(name)s »") % {"name": text}, who, more)
    if kind == "attempt":
        return Event(at, SENT, _("Dépôt refusé"), who, text)
    if kind in BY_APPLICANTS:
        return Event(at, SENT, str(TITLES[kind]), who, text)
    reason = text if kind in TOLD_WITH_REASON else ""
    return Event(at, RECEIVED, str(TITLES.get(kind, kind)), text=reason)


def message_event(dossier, row):
    """Officers answer in the name of their service."""
    kind, at, _pk, who, whole, _more = row
    text = Truncator(whole).chars(LONGEST_SHOWN)
    link = Link(
        _("Ouvrir les échanges"), reverse("correspondence:thread", args=[dossier.pk]),
        "message-square",
    )  # fmt: skip
    if kind == "letter":
        service = dossier.call.programme.contact_service
        return Event(at, RECEIVED, _("Message de la Région"), service, text, (link,))
    return Event(at, SENT, _("Votre message"), who, text, (link,))


def deposit_event(dossier, deposit, versions):
    place = [dossier.pk, deposit.version]
    links = (
        Link(_("Accusé de réception"), reverse("tracking:receipt", args=place)),
        Link(_("Accusé (PDF)"), reverse("tracking:receipt_pdf", args=place), "download"),
        Link(_("Dossier déposé (PDF)"), reverse("dossiers:pdf", args=place), "download"),
        Link(_("Relire les réponses"), reverse("dossiers:answers", args=place), "eye"),
    )
    files = tuple(
        {
            "name": told["name"],
            "version": versions.get(told["id"], "1"),
            "url": reverse("dossiers:document", args=[dossier.pk, told["id"]]),
        }
        for told in deposit.documents or ()
    )
    title = _("Dossier déposé, version %(n)s") % {"n": deposit.version}
    return Event(
        deposit.at, SENT, title, deposit.by.full_name, "", links, files, deposit.sha256,
        deposit.version,
    )  # fmt: skip


def request_event(dossier, request):
    link = Link(_("Compléter le dossier"), dossier.get_absolute_url(), "pencil")
    is_open = dossier.state == State.INCOMPLETE and request.due_at == dossier.reopened_until
    return Event(
        request.asked_at, RECEIVED, _("Complément demandé"),
        dossier.call.programme.contact_service, request.message, (link,) if is_open else (),
    )  # fmt: skip


def decision_event(dossier, decision):
    links = [Link(_("Lire la décision"), reverse("decisions:decision", args=[dossier.pk]), "gavel")]
    title = str(TITLES[decision.outcome])
    who = decision.allocation.body
    return Event(decision.allocation.announced_at, RECEIVED, title, who, "", tuple(links))
