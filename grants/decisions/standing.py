"""What State aid leaves each dossier today, the whole single undertaking counted.

Reg. 2023/2831: all linked companies together, over three rolling years. What a company declared is
read from the last content it handed in; what the Region awarded here since, and who bought whom
meanwhile, is added.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Decimal

from django.utils.translation import gettext as _

from grants.decisions.ceilings import Ceiling, ceiling
from grants.decisions.models import ControlChange, Decision
from grants.decisions.undertakings import undertakings
from grants.dossiers.models import Submission
from grants.dossiers.verdict_inputs import caps_of, company_of, project_of
from grants.eligibility.facts import DeMinimisAid, Related
from grants.eligibility.rules import RULES
from grants.eligibility.spans import years_before
from grants.eligibility.verdict import check_regimes

CENT = Decimal("0.01")
STATUSES = {"jei", "jec", "jeu", "jeii"}


@dataclass(frozen=True)
class Standing:
    """The columns of an `AidBasis`, but for the day of the award."""

    regime: str
    version: str
    article: str
    ceiling: Decimal
    because: str
    received: Decimal
    undertaking: list[str]
    is_innovative: bool | None


class Filed:
    """The answers of a content handed in, asked for by key."""

    def __init__(self, content):
        self.content = content or {}
        self.answers = self.content.get("answers", {})

    def value(self, key):
        return self.answers.get(key)

    def linked(self):
        rows = self.value("related_companies") or () if self.value("group") is not False else ()
        return [row["siret"][:9] for row in rows if row.get("siret") and row["link"] != "partner"]

    @property
    def is_innovative(self):
        """By any status of the law; where the first of them fails and none holds, no."""
        found = self.content.get("verdict", {}).get("findings", ())
        told = {one["rule"]: one["outcome"] for one in found if one["rule"] in STATUSES}
        if "met" in told.values():
            return True
        return False if told.get("jei") == "not_met" else None


def standings(call, dossiers, *, on):
    """Dossier id → standing, in a constant number of queries."""
    filed = last_filed(dossiers)
    unions = undertakings_of(dossiers, filed)
    awards = awards_since(years_before(on, 3), call)
    return {
        dossier.pk: standing_of(dossier, call, filed[dossier.pk], unions, awards, on)
        for dossier in dossiers
    }


def last_filed(dossiers):
    rows = (
        Submission.objects.filter(dossier__in=[dossier.pk for dossier in dossiers])
        .order_by("dossier", "-version")
        .distinct("dossier")
        .values_list("dossier", "content")
    )
    found = {dossier: Filed(content) for dossier, content in rows}
    return {dossier.pk: found.get(dossier.pk, Filed(None)) for dossier in dossiers}


def undertakings_of(dossiers, filed):
    edges = [(d.organisation.siren, d.organisation.siren) for d in dossiers]
    edges += [(d.organisation.siren, other) for d in dossiers for other in filed[d.pk].linked()]
    edges += ControlChange.objects.values_list("siren", "by_siren")
    return undertakings(edges)


def awards_since(day, call):
    """What the Region awarded here, by SIREN, other calls only."""
    found = defaultdict(list)
    rows = (
        Decision.objects.awarded()
        .filter(allocation__deliberated_on__gt=day)
        .exclude(allocation__call=call)
        .values_list("dossier__organisation__siret", "amount", "allocation__deliberated_on")
    )
    for siret, amount, granted_on in rows:
        found[siret[:9]].append(DeMinimisAid(granted_on, amount, siret[:9]))
    return found


def standing_of(dossier, call, filed, unions, awards, on):
    union = unions[dossier.organisation.siren]
    company = enlarged(company_of(dossier.organisation, filed), dossier, union, awards)
    caps = caps_of(call)
    findings, room = check_regimes(company, project_of(filed), caps, RULES, on)
    rule = next(found for found in findings if found.rule == str(caps.regimes[0]))
    plain = published_ceiling(dossier, call)
    if room is not None and room < plain.amount:
        because = _("le reste des aides de minimis de l’entreprise unique")
        plain = Ceiling(room.quantize(CENT, ROUND_DOWN), because)
    if dossier.organisation.is_active is False:
        plain = Ceiling(Decimal(0), _("l’établissement est fermé au répertoire"))
    version, _comma, article = rule.reference.partition(", ")
    received = rule.inputs.get("received")
    return Standing(
        regime=str(caps.regimes[0]),
        version=version,
        article=article,
        ceiling=plain.amount,
        because=str(plain.because),
        received=received if isinstance(received, Decimal) else Decimal(0),
        undertaking=sorted(union),
        is_innovative=filed.is_innovative,
    )


def enlarged(company, dossier, union, awards):
    """The company with those it is one undertaking with, and what they all received here."""
    others = sorted(union - {dossier.organisation.siren})
    told = {one.siren for one in company.linked or ()}
    linked = company.linked
    if others:
        more = tuple(Related(siren=siren) for siren in others if siren not in told)
        linked = (*(company.linked or ()), *more)
    here = [aid for siren in sorted(union) for aid in awards[siren]]
    declared = {(aid.granted_on, aid.amount) for aid in company.de_minimis or ()}
    new = tuple(aid for aid in here if (aid.granted_on, aid.amount) not in declared)
    aids = (*(company.de_minimis or ()), *new) if company.de_minimis is not None or new else None
    return replace(company, linked=linked, de_minimis=aids)


def published_ceiling(dossier, call):
    """What the call's own caps leave the dossier."""
    return ceiling(
        requested=dossier.requested or Decimal(0),
        base=dossier.eligible_base or Decimal(0),
        stage=dossier.stage,
        max_rate=call.max_rate,
        max_aid=call.max_aid,
        max_grant=call.max_grant,
    )
