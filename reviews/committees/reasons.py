"""Why a dossier stands where it does in the agenda, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grants.core.wording import number, percent
from reviews.committees.agenda import DISPUTED, GREY


def because(case):
    if case.group == GREY:
        told = _(
            "Zone grise : %(chance)s de chances d’être financé ; écart entre lecteurs %(gap)s."
        )
    elif case.group == DISPUTED:
        told = _("Désaccord : les notes de ses lecteurs s’écartent de %(gap)s.")
    else:
        told = _("Rang %(rank)d ; ses lecteurs s’accordent (écart %(gap)s).")
    return told % {
        "chance": percent(case.p_funded) if case.p_funded is not None else "—",
        "gap": points(case.spread),
        "rank": case.rank,
    }


def points(spread):
    shown = number(spread, places=2)
    return ngettext("%(n)s point", "%(n)s points", 1 if spread < 2 else 2) % {"n": shown}
