"""What people state against what the register says: the differences, both texts kept."""

import unicodedata
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.organisations.departments import department_name
from accounts.organisations.establishment import BANDS, from_json


@dataclass(frozen=True)
class Difference:
    label: str
    stated: str
    registered: str


def differences(organisation):
    """One per fact that both know and on which they disagree."""
    if not organisation.register:
        return []
    told = from_json(organisation.register)
    rows = [
        (_("Dénomination"), organisation.name, told.name, same_words, str),
        (_("Forme juridique"), organisation.legal_form, told.legal_form, same_words, str),
        (_("Date de création"), organisation.registered_on, told.registered_on, same, day),
        (_("Adresse"), organisation.address, told.address, same_words, str),
        (_("Commune"), organisation.city, told.city, same_words, str),
        (_("Département"), organisation.department, told.department, same, department_name),
        (_("Effectif"), organisation.headcount, told.band, in_band, band_text),
        (_("Activité (code NAF)"), organisation.activity, told.activity, same, str),
    ]
    return [
        Difference(label, str(stated) if show is band_text else show(stated), show(ours))
        for label, stated, ours, alike, show in rows
        if stated not in (None, "") and ours not in (None, "") and not alike(stated, ours)
    ]


def same(one, other):
    return one == other


def same_words(one, other):
    """Capitals, accents, hyphens and points are no difference."""
    return words(one) == words(other)


def words(text):
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return "".join(c if c.isalnum() else " " for c in plain).split()


def in_band(headcount, band):
    low, high = BANDS[band]
    return low <= headcount and (high is None or headcount <= high)


def band_text(band):
    """“6 à 9 salariés”; nothing for a company without a band."""
    if band not in BANDS:
        return ""
    low, high = BANDS[band]
    if high == 0:
        return _("aucun salarié")
    if high is None:
        return _("%(n)d salariés et plus") % {"n": low}
    return _("%(low)d à %(high)d salariés") % {"low": low, "high": high}


def day(value):
    return date_format(value, "j F Y")
