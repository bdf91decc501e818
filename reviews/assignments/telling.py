"""A proposal told to an officer: who reads what, how even it is, what could not be met."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grants.core.wording import number


def by_dossier(proposal):
    """One line a dossier, the worst served first."""
    lines = {}
    for choice in proposal.choices:
        line = lines.setdefault(
            choice.dossier.pk, {"dossier": choice.dossier, "choices": [], "sum": Decimal(0)}
        )
        line["choices"].append(choice)
        line["sum"] += choice.affinity
    return sorted(lines.values(), key=lambda line: (line["sum"], line["dossier"].number))


def by_expert(proposal):
    """One line an expert: what they have, what they would have."""
    return [
        {
            "expert": expert,
            "before": proposal.situation.load[expert.pk],
            "after": proposal.load.get(expert.pk, 0),
            "capacity": proposal.situation.seats[expert.pk].capacity,
        }
        for expert in proposal.situation.experts
        if expert.pk in proposal.situation.seats
    ]


def under_floor(proposal):
    """Dossiers that no available experts serve well enough, and whom to look for."""
    if not proposal.is_possible:
        return []
    lines = {line["dossier"].reference: line for line in by_dossier(proposal)}
    return [
        _(
            "%(dossier)s : aucun groupe d’experts disponibles n’atteint le niveau d’expertise "
            "visé (%(floor)s). Meilleur niveau possible : %(reached)s. "
            "Il manque un expert en %(theme)s."
        )
        % {
            "dossier": name,
            "floor": number(Decimal(str(proposal.problem.floor)), places=2),
            "reached": number(lines[name]["sum"], places=2),
            "theme": lines[name]["dossier"].theme or _("ce domaine"),
        }
        for name in proposal.answer.under_floor
    ]


def shortages(proposal):
    """Why no assignment exists, dossier by dossier, and what to do about it."""
    if proposal.answer is None or proposal.is_possible:
        return []
    return [f"{missing(one)} {REMEDIES[one.because]()}" for one in proposal.answer.short]


def missing(one):
    return ngettext(
        "%(dossier)s : il manque %(n)d lecteur.",
        "%(dossier)s : il manque %(n)d lecteurs.",
        one.missing,
    ) % {"dossier": one.dossier, "n": one.missing}


REMEDIES = {
    "conflict": lambda: _(
        "Trop d’experts ont un lien avec l’entreprise : invitez quelqu’un sans lien."
    ),
    "group": lambda: _(
        "Les experts possibles viennent du même organisme : invitez quelqu’un d’ailleurs."
    ),
    "load": lambda: _(
        "Les experts qui pourraient le lire ont déjà toute leur charge : augmentez le nombre "
        "de dossiers de l’un d’eux ou invitez quelqu’un."
    ),
}
