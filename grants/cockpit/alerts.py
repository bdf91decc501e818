"""What needs a hand on this call, the most pressing first, each with where to go."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, Window
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.core.templatetags.french import countdown, counted, day, percent
from grants.decisions.states import AllocationState
from grants.dossiers.models import Dossier
from grants.dossiers.states import State
from grants.programmes.states import CallState
from grants.screening.models import CompletionRequest

SHOWN = 3
NEARLY_USED = Decimal("0.9")


@dataclass(frozen=True)
class Alert:
    title: str
    note: str
    url: str
    act: str
    links: list[tuple[str, str]] = field(default_factory=list)  # label, address
    late: bool = False


def alerts_for(watch, board, now):
    """An auditor reads and is asked for nothing."""
    found = []
    if watch.screens:
        found += [*late_completions(watch.call, now), *to_screen(watch.call, board.counts)]
    if watch.manages:
        found += [*to_publish(watch.call), *to_review(watch.call, now), *to_rank(watch.call, now)]
        found += to_allocate(watch.call, board.allocation)
    if watch.counts_money:
        found += [*to_check(watch, board.allocation), *nearly_used(board.envelopes)]
    return found


def late_completions(call, now):
    late = list(
        CompletionRequest.objects.filter(
            dossier__call=call,
            dossier__state=State.INCOMPLETE,
            answered_at=None,
            due_at__lt=now,
        )
        .annotate(all=Window(Count("pk")))
        .select_related("dossier__call", "dossier__organisation")
        .order_by("due_at")[:SHOWN]
    )
    if not late:
        return []
    n = late[0].all
    return [
        Alert(
            title=counted(n, _("complément attendu en retard,compléments attendus en retard")),
            note=_("La date donnée à l’entreprise est passée."),
            url=reverse("screening:queue"),
            act=_("Relancer ou conclure"),
            links=[link_to(request.dossier, request.due_at) for request in late],
            late=True,
        )
    ]


def to_screen(call, counts):
    if not counts.waiting:
        return []
    oldest = (
        Dossier.objects.filter(call=call, state=State.SUBMITTED)
        .select_related("call", "organisation")
        .order_by("submitted_at")[:SHOWN]
    )
    return [
        Alert(
            title=counted(counts.waiting, _("dossier à instruire,dossiers à instruire")),
            note=_("Le plus ancien a été déposé %(when)s.") % {"when": countdown(counts.oldest_at)},
            url=reverse("screening:queue"),
            act=_("Ouvrir la file"),
            links=[link_to(dossier, dossier.submitted_at) for dossier in oldest],
        )
    ]


def link_to(dossier, since):
    label = f"{dossier.reference} · {dossier.organisation.name} · {day(since)}"
    return label, reverse("screening:dossier", args=[dossier.pk])


def to_publish(call):
    if call.state != CallState.DRAFT:
        return []
    return [
        Alert(
            title=_("Appel en préparation"),
            note=_("Ouverture prévue le %(when)s.") % {"when": day(call.opens_at)},
            url=call.get_absolute_url(),
            act=_("Relire et publier"),
        )
    ]


def to_review(call, now):
    if call.state != CallState.OPEN or call.closes_at > now:
        return []
    return [
        Alert(
            title=_("Dépôt clos, évaluation à lancer"),
            note=_("L’appel a fermé %(when)s.") % {"when": countdown(call.closes_at)},
            url=call.get_absolute_url(),
            act=_("Lancer l’évaluation"),
            late=True,
        )
    ]


def to_rank(call, now):
    if call.state != CallState.REVIEWING or call.reviews_due_at > now:
        return []
    return [
        Alert(
            title=_("Classement à arrêter"),
            note=_("Les évaluations étaient attendues %(when)s.")
            % {"when": countdown(call.reviews_due_at)},
            url=reverse("panels:ranking", args=[call.pk]),
            act=_("Ouvrir le classement"),
            late=True,
        )
    ]


NEXT_ACTS = {
    AllocationState.PREPARING: (
        gettext_lazy("Proposition d’attribution en préparation"),
        gettext_lazy("Transmettez-la au contrôle quand les montants sont arrêtés."),
        gettext_lazy("Reprendre la proposition"),
    ),
    AllocationState.CHECKED: (
        gettext_lazy("Attributions contrôlées, à mettre au vote"),
        gettext_lazy("Établissez le rapport : la Commission permanente vote sur lui."),
        gettext_lazy("Établir le rapport"),
    ),
    AllocationState.REPORTED: (
        gettext_lazy("Attributions soumises au vote"),
        gettext_lazy("Après le vote, saisissez la délibération, les amendements et les déports."),
        gettext_lazy("Saisir le vote"),
    ),
    AllocationState.VOTED: (
        gettext_lazy("Attributions votées, à annoncer"),
        gettext_lazy("À l’annonce, l’argent est engagé et chacun est prévenu."),
        gettext_lazy("Annoncer les décisions"),
    ),
}


def to_allocate(call, allocation):
    if call.state != CallState.RANKED:
        return []
    if allocation is None:
        return [
            Alert(
                title=_("Classement arrêté, aides à répartir"),
                note=_("Le vote est attendu le %(when)s.") % {"when": day(call.decision_on)},
                url=reverse("decisions:prepare", args=[call.pk]),
                act=_("Préparer la répartition"),
            )
        ]
    if allocation.state not in NEXT_ACTS:
        return []
    title, note, act = NEXT_ACTS[allocation.state]
    return [Alert(title=title, note=note, url=allocation.get_absolute_url(), act=act)]


def to_check(watch, allocation):
    """The one who prepared it cannot check it, so is not asked to."""
    if allocation is None or allocation.state != AllocationState.TO_CHECK:
        return []
    if allocation.prepared_by_id == watch.user_id:
        return []
    return [
        Alert(
            title=_("Attributions à contrôler"),
            note=_("Une seconde personne relit les montants avant la délibération."),
            url=allocation.get_absolute_url(),
            act=_("Contrôler"),
        )
    ]


def nearly_used(envelopes):
    return [
        Alert(
            title=_("Enveloppe presque épuisée"),
            note=_("%(name)s : %(share)s engagés.")
            % {"name": envelope.name, "share": percent(envelope.committed / envelope.endowed)},
            url=reverse("funding:envelope", args=[envelope.pk]),
            act=_("Voir l’enveloppe"),
        )
        for envelope in envelopes
        if envelope.endowed and envelope.committed >= envelope.endowed * NEARLY_USED
    ]
