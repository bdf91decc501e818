"""An expert and a company with nothing in common, to change one thing at a time."""

from reviews.links.detector import Detector
from reviews.links.facts import CompanyFacts, ExpertFacts, House

YEAR = 2026


def expert(**changes):
    facts = {
        "id": 1,
        "person": 8,
        "name": "Claire Fabre",
        "email": "claire.fabre@labo-garonne.fr",
        "house": House("Laboratoire de la Garonne", "800000029"),
        **changes,
    }
    return ExpertFacts(**facts)


def company(**changes):
    facts = {
        "id": 5,
        "siren": "800000011",
        "name": "Héliotis SAS",
        "address": "12 boulevard du Maréchal-Juin",
        "city": "Toulouse",
        "group": frozenset({"800000037"}),
        "accounts": frozenset({7}),
        "emails": frozenset({"ana@heliotis.fr", "ana.lopez@gmail.com"}),
        "people": ("Ana López", "Jean-Pierre Dupont"),
        "houses": ("Fonds Grand Causse",),
        "texts": ("Nos essais ont lieu au LAAS, avec l’équipe Photonique.",),
        **changes,
    }
    return CompanyFacts(**facts)


def found(one=None, other=None, *more):
    """What links these two, or None."""
    companies = [other or company(), *more]
    findings = list(Detector(companies, year=YEAR).findings([one or expert()]))
    mine = [finding for finding in findings if finding.dossier == companies[0].id]
    return mine[0] if mine else None


def kinds(finding):
    return {one.kind for one in finding.evidence} if finding else set()
