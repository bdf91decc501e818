"""Dossiers that resemble one: same company, same group, a text told almost word for word."""

from dataclasses import dataclass

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection, transaction

from grants.dossiers.models import Dossier
from grants.dossiers.states import RECEIVED
from grants.resemblance.models import ProjectText

# Two French texts that have nothing to do with each other share about 0,3 of their trigrams.
THRESHOLD = 0.55
SHORTEST = 80
MOST = 20


@dataclass(frozen=True)
class Resemblance:
    """`score` is the share of trigrams in common, None when the texts were not compared."""

    dossier: Dossier
    same_company: bool
    score: float | None

    @property
    def percent(self) -> int | None:
        return None if self.score is None else round(100 * self.score)


def resembling(dossier, *, calls) -> list[Resemblance]:
    """Other dossiers handed in to these calls, the closest first."""
    readable = Dossier.objects.filter(call__in=calls, state__in=RECEIVED).exclude(pk=dossier.pk)
    scores = close_texts(dossier, readable)
    company = siblings(dossier, readable)
    found = {d.pk: d for d in readable.filter(pk__in=scores).for_list()} | company
    every = [Resemblance(d, d.pk in company, scores.get(pk)) for pk, d in found.items()]
    return sorted(every, key=lambda one: (-(one.score or 0), -one.dossier.pk))[:MOST]


def siblings(dossier, readable):
    """The same SIREN: other establishments of the company, and its earlier applications."""
    same = readable.filter(organisation__siret__startswith=dossier.organisation.siren)
    return {found.pk: found for found in same.for_list()[:MOST]}


@transaction.atomic
def close_texts(dossier, readable):
    """Dossier → score, by the index; the threshold lasts as long as this transaction."""
    own = ProjectText.objects.filter(dossier=dossier).values_list("text", flat=True).first()
    if not own or len(own) < SHORTEST:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(THRESHOLD)]
        )
    close = (
        ProjectText.objects.filter(text__trigram_similar=own, dossier__in=readable)
        .annotate(score=TrigramSimilarity("text", own))
        .order_by("-score")
    )
    return dict(close.values_list("dossier_id", "score")[:MOST])
