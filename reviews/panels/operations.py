from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.access import Refused, require
from grants.core.flow import lock
from grants.decisions.operations import receive_ranking
from grants.decisions.received import ReceivedLine, ReceivedRanking
from grants.dossiers.states import State
from grants.programmes.states import CallState
from reviews.assignments.models import Assignment
from reviews.evaluations.stale import StaleFlag
from reviews.panels import permissions as may
from reviews.panels.standing import standing_of
from reviews.phases.operations import require_right
from reviews.phases.rights import DECIDE

PLACES = Decimal("0.0001")


@transaction.atomic
def settle(call, *, actor, revise=None):
    """Freeze the order and hand it over to the decisions. Scores no longer change it.

    `revise` takes what the reviews give and returns what a committee made of it: where one is
    convened, only the end of its session settles the order.
    """
    lock(call)
    require(may.SETTLE, actor, call)
    if revise is None and not may.FREEZE.allows(actor, call):
        raise Refused(
            _("Le comité de cet appel est convoqué : la clôture de sa séance arrête le classement.")
        )
    if call.state != CallState.REVIEWING:
        raise Refused(_("Le classement de cet appel est déjà arrêté, ou pas encore ouvert."))
    require_right(call, DECIDE)
    require_firm(call)
    standing = standing_of(call)
    if standing.missing:
        raise Refused(
            ngettext(
                "Il manque encore %(n)s évaluation. Relancez l’expert ou retirez l’affectation.",
                "Il manque encore %(n)s évaluations. Relancez les experts ou retirez "
                "les affectations.",
                standing.missing,
            )
            % {"n": standing.missing}
        )
    if standing.unread or not standing.ranked:
        raise Refused(_("Des dossiers n’ont reçu aucune évaluation."))
    order = received(call, standing)
    return receive_ranking(call, revise(order) if revise else order, actor=actor)


def require_firm(call):
    """Nobody is away being completed, and no mark rests on an answer that has changed."""
    away = Assignment.objects.active().filter(
        dossier__call=call, dossier__state=State.INCOMPLETE
    ).values_list("dossier", flat=True).distinct().count()  # fmt: skip
    if away:
        raise Refused(
            ngettext(
                "%(n)s dossier en évaluation attend un complément. Attendez-le ou reprenez "
                "l’évaluation sans lui.",
                "%(n)s dossiers en évaluation attendent un complément. Attendez-les ou reprenez "
                "l’évaluation sans eux.",
                away,
            )
            % {"n": away}
        )
    stale = StaleFlag.objects.in_call(call).count()
    if stale:
        raise Refused(
            ngettext(
                "%(n)s note porte sur une réponse complétée depuis : son auteur doit la confirmer "
                "ou la revoir.",
                "%(n)s notes portent sur des réponses complétées depuis : leurs auteurs doivent "
                "les confirmer ou les revoir.",
                stale,
            )
            % {"n": stale}
        )


def received(call, standing):
    """What is pushed down: the order, and the whole calculation behind it."""
    return ReceivedRanking(
        method=call.method,
        fallback=standing.calibration.fallback or "",
        lines=tuple(line_of(call, standing, line) for line in standing.ranked),
        content=content_of(standing),
    )


def line_of(call, standing, line):
    reviews = {d.id: d.reviews for d in standing.calibration.dossiers}
    pk = int(line.id)
    return ReceivedLine(
        dossier_id=pk,
        rank=line.rank,
        score=places(line.raw if call.method == "raw" else line.calibrated),
        raw=places(line.raw),
        calibrated=places(line.calibrated),
        low=places(line.low),
        high=places(line.high),
        reviews=reviews[line.id],
        p_funded=places(line.p_funded),
        zone=line.zone or "",
        by_criterion=tuple(standing.by_criterion.get(pk, ())),
    )


def places(value):
    return None if value is None else Decimal(repr(value)).quantize(PLACES)


def content_of(standing):
    fit = standing.calibration
    deviations = None
    if fit.sd is not None:
        deviations = {
            "dossier": fit.sd.dossier,
            "reviewer": fit.sd.reviewer,
            "residual": fit.sd.residual,
        }
    return {
        "mean": fit.mean,
        "sd": deviations,
        "reml": fit.reml,
        "connected": fit.connected,
        "places": standing.places,
        "reviewers": [
            {"id": r.id, "severity": r.severity, "se": r.se, "reviews": r.reviews}
            for r in fit.reviewers
        ],
    }
