"""Finding a company in the register; every way to fail is a sentence, none stops anybody."""

from dataclasses import dataclass, field

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.organisations import register
from accounts.organisations.departments import DEPARTMENTS
from accounts.organisations.establishment import Establishment
from accounts.organisations.siret import NotASiret, read_siret

SHORTEST, LONGEST = 3, 120


@dataclass(frozen=True)
class Found:
    """Establishments to choose among, and one sentence when there is something to say."""

    establishments: list[Establishment] = field(default_factory=list)
    sentence: str = ""
    is_refused: bool = False

    @property
    def only(self):
        return self.establishments[0] if len(self.establishments) == 1 else None


def is_on():
    return bool(settings.COMPANY_API_URL)


def look_for(text):
    """By name, SIREN or SIRET."""
    text = " ".join(text.split())[:LONGEST]
    digits = "".join(text.split())
    if not is_on() or not text:
        return Found()
    if digits.isascii() and digits.isdigit():
        return by_number(digits)
    if len(text) < SHORTEST:
        return Found(sentence=_("Écrivez au moins trois lettres."))
    return among(text, _("Aucune entreprise d’Occitanie ne répond à ce nom. Essayez son SIRET."))


def by_number(digits):
    if len(digits) == 9:
        return among(digits, _("Le répertoire ne connaît pas ce SIREN. Relisez les 9 chiffres."))
    try:
        return look_up(read_siret(digits))
    except NotASiret as error:
        if error.code == "length":
            return Found(sentence=_("Un SIREN compte 9 chiffres, un SIRET 14."))
        return Found(sentence=_("Ce SIRET n’existe pas : un chiffre est faux ou déplacé."))


def among(text, nobody):
    try:
        found = register.search(text)
    except register.Unavailable:
        return Found(sentence=away())
    return Found(found, "" if found else nobody)


def look_up(siret):
    """One establishment, with what has to be said of it."""
    if not is_on():
        return Found()
    try:
        told = register.find(siret)
    except register.Unavailable:
        return Found(sentence=away())
    if told is None:
        return Found(
            sentence=_(
                "Le répertoire ne connaît pas ce SIRET. Une création récente ou une opposition à "
                "la diffusion suffit à l’expliquer : saisissez les informations, l’instruction "
                "vérifiera."
            )
        )
    return Found([told], said_of(told), is_refused=not told.is_open or bool(told.country))


def said_of(told):
    if not told.is_open:
        return closed(told)
    if told.country:
        return _(
            "Cet établissement est à l’étranger (%(country)s). L’aide demande un établissement en "
            "Occitanie : indiquez son SIRET."
        ) % {"country": told.country}
    if told.department not in DEPARTMENTS:
        return _(
            "Cet établissement n’est pas en Occitanie. Indiquez le SIRET de celui qui portera le "
            "projet dans la région."
        )
    return ""


def closed(told):
    if told.closed_on is None:
        return _("Cet établissement est fermé au répertoire. Indiquez celui qui est ouvert.")
    return _(
        "Cet établissement est fermé au répertoire depuis le %(day)s. Indiquez le SIRET de celui "
        "qui est ouvert."
    ) % {"day": date_format(told.closed_on, "j F Y")}


def away():
    return _(
        "Le répertoire des entreprises ne répond pas pour l’instant. Saisissez les informations "
        "à la main : nous les vérifierons dès qu’il répondra, et rien ne vous arrête d’ici là."
    )
