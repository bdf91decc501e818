"""A proposal told to an officer: who reads what, how even it is, what could not be met."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.people.naming import plain
from grants.core.wording import number
from reviews.assignments.relief import reliefs


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


def parted(lines):
    """The worst served, what the proposal would hand out, and what is handed out already."""
    return {
        "worst": lines[0] if lines else None,
        "changing": [line for line in lines if any(one.is_new for one in line["choices"])],
        "served": [line for line in lines if not any(one.is_new for one in line["choices"])],
    }


def by_expert(proposal):
    """One line an expert, by name: what they have, what they would have."""
    experts = sorted(proposal.situation.experts, key=lambda one: (plain(str(one)), one.pk))
    return [
        {
            "expert": expert,
            "before": proposal.situation.load[expert.pk],
            "after": proposal.load.get(expert.pk, 0),
            "capacity": proposal.situation.seats[expert.pk].capacity,
        }
        for expert in experts
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


def unmet(proposal):
    """Wishes that could not be granted, and why."""
    experts = proposal.statement.experts
    dossiers = {dossier.pk: dossier for dossier in proposal.situation.dossiers}
    return [
        _("%(dossier)s pour %(expert)s : %(because)s")
        % {
            "dossier": dossiers[one.wish.dossier_id].reference,
            "expert": experts.get(one.wish.expert_id) or one.wish.expert,
            "because": one.because,
        }
        for one in proposal.statement.unmet
    ]


def ways_out(proposal):
    """Each single rule whose loosening is enough, with the number that is."""
    if proposal.answer is None or proposal.is_possible:
        return []
    found = reliefs(proposal.problem, proposal.statement.refusals)
    return [way_out(one, proposal) for one in found]


def way_out(relief, proposal):
    people = {name: proposal.statement.experts[pk] for pk, name in proposal.statement.names.items()}
    whom = ", ".join(
        _("%(expert)s (%(n)d)") % {"expert": people[name], "n": n} for name, n in relief.loads
    )
    pairs = ", ".join(f"{dossier} – {people[expert]}" for dossier, expert in relief.pairs)
    return WAYS[relief.kind](relief.number) % {"n": relief.number, "whom": whom, "pairs": pairs}


WAYS = {
    "load": lambda n: ngettext(
        "Augmentez les charges de %(n)d lecture en tout : %(whom)s.",
        "Augmentez les charges de %(n)d lectures en tout : %(whom)s.",
        n,
    ),
    "least": lambda n: ngettext(
        "Baissez les charges promises de %(n)d lecture en tout : %(whom)s.",
        "Baissez les charges promises de %(n)d lectures en tout : %(whom)s.",
        n,
    ),
    "group": lambda _n: _("Acceptez jusqu’à %(n)d lecteurs d’un même organisme."),
    "profile": lambda _n: _("Acceptez jusqu’à %(n)d lecteurs d’un même profil."),
    "reviews": lambda n: ngettext(
        "Demandez %(n)d lecteur par dossier.", "Demandez %(n)d lecteurs par dossier.", n
    ),
    "refusals": lambda _n: _("Levez ces souhaits « ne jamais proposer » : %(pairs)s."),
    "recruit": lambda n: ngettext(
        "Invitez %(n)d expert sans lien avec ces entreprises.",
        "Invitez %(n)d experts sans lien avec ces entreprises.",
        n,
    ),
}


def shortages(proposal):
    """Why no assignment exists, dossier by dossier, and what to do about it."""
    if proposal.answer is None or proposal.is_possible:
        return []
    if not proposal.situation.seats:
        return [_("Personne n’a encore signé l’engagement de cet appel : invitez des experts.")]
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
    "profile": lambda: _(
        "Les experts possibles ont le même profil : invitez quelqu’un d’un autre profil."
    ),
    "load": lambda: _(
        "Les experts qui pourraient le lire ont déjà toute leur charge : augmentez le nombre "
        "de dossiers de l’un d’eux ou invitez quelqu’un."
    ),
}
