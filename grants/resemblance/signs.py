"""What brings two dossiers together, each sign with its score out of 100 and its words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

SAME_COMPANY, DECLARED, DECLARED_BACK, SHARED = 100, 90, 90, 70


@dataclass(frozen=True)
class Sign:
    score: int
    words: str
    is_text: bool = False


def same_company(*, same_call: bool) -> Sign:
    if same_call:
        return Sign(SAME_COMPANY, _("Même entreprise (SIREN), même appel"))
    return Sign(SAME_COMPANY, _("Même entreprise (SIREN) : demande antérieure ou parallèle"))


def declared(siren: str) -> Sign:
    told = _("Même groupe : société déclarée liée ou partenaire (SIREN %(siren)s)")
    return Sign(DECLARED, told % {"siren": spaced(siren)})


def declared_back(siren: str) -> Sign:
    told = _("Même groupe : ce dossier déclare l’entreprise (SIREN %(siren)s) parmi ses sociétés")
    return Sign(DECLARED_BACK, told % {"siren": spaced(siren)})


def shared_company(siren: str) -> Sign:
    told = _("Même groupe possible : les deux dossiers déclarent la société SIREN %(siren)s")
    return Sign(SHARED, told % {"siren": spaced(siren)})


def close_text(share: float) -> Sign:
    score = round(100 * share)
    return Sign(score, _("Texte proche à %(n)s %%") % {"n": score}, is_text=True)


def spaced(siren: str) -> str:
    return "\u202f".join((siren[:3], siren[3:6], siren[6:]))
