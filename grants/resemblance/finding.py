"""Dossiers that resemble one: same company, same group, a text told almost word for word."""

from collections import defaultdict
from dataclasses import dataclass

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection, transaction
from django.db.models import Q

from grants.dossiers.models import Dossier
from grants.dossiers.states import RECEIVED
from grants.resemblance import signs
from grants.resemblance.models import ProjectText, RelatedCompany
from grants.resemblance.signs import Sign

# Two French texts that have nothing to do with each other share about 0,3 of their trigrams.
THRESHOLD = 0.55
SHORTEST = 80
MOST = 20
MOST_RELATED = 40


@dataclass(frozen=True)
class Resemblance:
    """The strongest sign makes the score; the others are told beside it."""

    dossier: Dossier
    signs: tuple[Sign, ...]

    @property
    def score(self) -> int:
        return max(sign.score for sign in self.signs)


def resembling(dossier, *, calls) -> list[Resemblance]:
    """Other dossiers handed in to these calls, the closest first."""
    readable = Dossier.objects.filter(call__in=calls, state__in=RECEIVED).exclude(pk=dossier.pk)
    found = defaultdict(list)
    kin = of_group(dossier, readable, found)
    for pk, share in close_texts(dossier, readable).items():
        found[pk].append(signs.close_text(share))
    others = readable.filter(pk__in=[pk for pk in found if pk not in kin]).for_list()
    dossiers = kin | {other.pk: other for other in others}
    every = [Resemblance(dossiers[pk], tuple(told)) for pk, told in found.items()]
    return sorted(every, key=lambda one: (-one.score, -one.dossier.pk))[:MOST]


def of_group(dossier, readable, found):
    """Sort the dossiers of the company and of its group into `found`; those read, by key."""
    own = dossier.organisation.siren
    related = declared_by(dossier, readable, own)
    sirens = Q(organisation__siret__startswith=own)
    for siren in related:
        sirens |= Q(organisation__siret__startswith=siren)
    kin = {other.pk: other for other in readable.filter(sirens).for_list()[: 2 * MOST]}
    for other in kin.values():
        siren = other.organisation.siren
        same_call = other.call_id == dossier.call_id
        is_own = siren == own
        sign = signs.same_company(same_call=same_call) if is_own else signs.declared(siren)
        found[other.pk].append(sign)
    for pk, siren in declaring([own, *related], readable):
        if pk in kin and kin[pk].organisation.siren == own:
            continue  # an earlier application declares the same group: nothing new
        sign = signs.declared_back(siren) if siren == own else signs.shared_company(siren)
        found[pk].append(sign)
    return kin


def declared_by(dossier, readable, own):
    """The companies this one, or another dossier of its company, declares beside itself."""
    same = readable.filter(organisation__siret__startswith=own).values("pk")
    told = RelatedCompany.objects.filter(Q(dossier=dossier) | Q(dossier__in=same))
    sirens = told.exclude(siren=own).order_by("siren").values_list("siren", flat=True)
    return list(sirens.distinct()[:MOST_RELATED])


def declaring(sirens, readable):
    """(dossier, SIREN) of those that declare one of these companies."""
    rows = RelatedCompany.objects.filter(siren__in=sirens, dossier__in=readable)
    return rows.order_by("-dossier", "siren").values_list("dossier_id", "siren")[: 2 * MOST]


@transaction.atomic
def close_texts(dossier, readable):
    """Dossier → share in common, by the index; the threshold lasts as long as the transaction."""
    own = own_text(dossier)
    if len(own) < SHORTEST:
        return {}
    close = (
        ProjectText.objects.filter(text__trigram_similar=own, dossier__in=readable)
        .annotate(score=TrigramSimilarity("text", own))
        .order_by("-score")
    )
    return dict(close.values_list("dossier_id", "score")[:MOST])


OWN_TEXT = """
    SELECT text, set_config('pg_trgm.similarity_threshold', %s, true)
    FROM grants_projecttext WHERE dossier_id = %s
"""


def own_text(dossier):
    """The text to compare; it sets the threshold of the comparison on the way."""
    with connection.cursor() as cursor:
        cursor.execute(OWN_TEXT, [str(THRESHOLD), dossier.pk])
        found = cursor.fetchone()
    return found[0] if found else ""
