import hashlib
import json

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.access import Refused
from grants.decisions.models import Ranking, RankLine
from grants.dossiers.flow import FLOW as DOSSIER
from grants.dossiers.models import Dossier
from grants.dossiers.states import State
from grants.programmes.flow import FLOW as CALL


@transaction.atomic
def receive_ranking(call, received, *, actor):
    """Keep an immutable copy of the order; from here on reviews no longer change it."""
    CALL.take("rank", call, actor=actor)
    dossiers = {d.pk: d for d in Dossier.objects.filter(call=call, state=State.IN_REVIEW)}
    if set(dossiers) != {line.dossier_id for line in received.lines}:
        raise Refused(_("Le classement ne porte pas sur tous les dossiers en évaluation."))
    content = {**received.content, "lines": received.columns()}
    ranking = Ranking.objects.create(
        call=call,
        method=received.method,
        fallback=received.fallback,
        threshold=call.threshold,
        received_by=actor,
        content=json.loads(canonical(content)),
        sha256=hashlib.sha256(canonical(content).encode()).hexdigest(),
    )
    RankLine.objects.bulk_create(RankLine(ranking=ranking, **row) for row in received.columns())
    for line in received.lines:
        DOSSIER.take("rank", dossiers[line.dossier_id], actor=actor)
    return ranking


def canonical(content):
    """One text per content: sorted keys, amounts as written."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
