"""What every page knows: the name of the site, the way around it, what waits in the inbox."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.urls import resolve, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from config.rights import known_or_read

VISITOR = "visitor"


@dataclass(frozen=True)
class Place:
    """An entry of the navigation; it is current on its own page and on any page of `features`,
    each a whole feature or one of its views (“experts:pool”)."""

    label: str
    name: str
    holders: frozenset[str]
    features: frozenset[str] = frozenset()

    def is_current(self, view_name, feature):
        return view_name == self.name or feature in self.features or view_name in self.features


def place(label, name, *holders, features=()):
    return Place(label, name, frozenset(holders), frozenset(features))


APPLYING = ["dossiers", "tracking", "correspondence", "teams", "organisations"]
INSTRUCTION = [
    "disclosure", "screening", "dossiers", "correspondence", "resemblance",
    "evaluations:for_dossier",
]  # fmt: skip
ATTRIBUTION = ["decisions", "votes", "letters", "appeals", "casefile"]
STEERING = [
    "cockpit", "experts:pool", "experts:invite", "experts:import", "experts:apply", "conflicts",
    "assignments", "phases", "followup", "evaluations:flags", "evaluations:grounds", "panels",
    "committees", "feedback", "history",
]  # fmt: skip
READING = [
    *(f"evaluations:{view}" for view in (
        "evaluate", "declare", "own", "others", "remark", "stale", "offline", "compare", "accept",
        "submit", "keep",
    )),
    *(f"experts:{view}" for view in ("profile", "undertaking", "decline")),
]  # fmt: skip

# Address, who sees it, and the features it is the way to.
PLACES = [
    place(_("Mes dossiers"), "dossiers:list", "applicant", features=APPLYING),
    place(_("Mes évaluations"), "evaluations:desk", "expert_place", features=READING),
    place(_("Comités"), "committees:list", "committee_seat", features=["committees"]),
    place(_("Pilotage"), "cockpit:home", "staff", features=STEERING),
    place(_("Instruction"), "screening:queue", "staff", features=INSTRUCTION),
    place(_("Appels"), "programmes:calls", "staff", features=["programmes"]),
    place(_("Attributions"), "decisions:list", "staff", features=ATTRIBUTION),
    place(_("Enveloppes"), "funding:envelopes", "staff", features=["funding"]),
    place(_("Appels"), "programmes:calls", VISITOR, "applicant", features=["programmes"]),
    place(_("Suis-je éligible ?"), "opendata:eligibility", VISITOR, "applicant"),
    place(_("Aides attribuées"), "opendata:awards", VISITOR),
]


def page(request):
    """Lazy: a page that shows no navigation (a fragment, a file) costs no query."""
    return {
        "site_name": settings.SITE_NAME,
        "mail_is_shown_here": settings.MAIL_IS_SHOWN_HERE,
        "around": SimpleLazyObject(lambda: around(request)),
    }


def around(request):
    """Navigation and unread count of this person; nothing to ask for a visitor."""
    if not request.user.is_authenticated:
        return {"navigation": navigation({VISITOR}, request), "unread": 0}
    rights = known_or_read(request.user)
    return {
        "navigation": navigation(places_of(rights), request),
        "unread": rights.unread,
        "has_company": bool(rights.memberships),
    }


def places_of(rights):
    """What somebody may be; a person without any place is about to apply."""
    found = {
        "applicant": rights.memberships,
        "expert_place": rights.is_expert,
        "staff": rights.duties,
        # The people of a programme go through its cockpit.
        "committee_seat": rights.sits and not rights.duties,
    }
    return {name for name, held in found.items() if held} or {"applicant"}


class Entry(NamedTuple):
    label: str
    url: str
    current: bool


def navigation(held, request):
    """Each address once, whatever the number of places one holds."""
    match = request.resolver_match or resolve(request.path)
    return entries(frozenset(held), match.view_name, match.app_name, get_language())


@lru_cache(maxsize=1024)
def entries(held, view_name, feature, _language):
    found = {
        place.name: Entry(
            str(place.label), reverse(place.name), place.is_current(view_name, feature)
        )
        for place in PLACES
        if place.holders & held
    }
    return tuple(found.values())
