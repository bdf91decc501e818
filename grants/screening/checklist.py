"""What an officer verifies before admitting a dossier, and what the dossier says about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True)
class Item:
    """One line; `rules` are the findings of the eligibility verdict that speak about it."""

    key: str
    label: Text
    guide: Text
    rules: tuple[str, ...] = ()


# The usual lines; a call may have its own (`lines.py`).
ITEMS = (
    Item(
        "siret",
        _("SIRET actif"),
        _("L’établissement existe au répertoire Sirene et n’est pas fermé."),
        ("siret", "active"),
    ),
    Item(
        "territory",
        _("Siège ou établissement en Occitanie"),
        _("Dans l’un des 13 départements, au plus tard à la signature de la convention."),
        ("department", "establishment"),
    ),
    Item(
        "size",
        _("Petite ou moyenne entreprise"),
        _("Effectif et comptes consolidés avec les sociétés liées et partenaires."),
        ("sme_size", "public_holder"),
    ),
    Item(
        "age",
        _("Moins de 8 ans au jour du dépôt"),
        _("Date d’immatriculation au Kbis. Le 8e anniversaire n’est plus éligible."),
        ("age",),
    ),
    Item(
        "activity",
        _("Projet dans un thème du programme"),
        _("Énergie, mobilité durable, santé, environnement, logement ; activité non exclue."),
    ),
    Item(
        "base",
        _("Assiette au moins égale au minimum"),
        _("Dépenses éligibles hors taxes du budget prévisionnel."),
        ("base_minimum",),
    ),
    Item(
        "caps",
        _("Aide demandée sous les plafonds"),
        _("Taux, montant total, part en subvention, durée, fonds propres."),
        ("aid_rate", "aid_total", "grant_part", "duration", "own_funds"),
    ),
    Item(
        "dues",
        _("Régularité fiscale et sociale"),
        _("Attestations de moins de six mois, ou plan d’apurement respecté."),
    ),
    Item(
        "soundness",
        _("Entreprise saine"),
        _("Ni procédure collective, ni difficulté au sens du règlement (UE) 651/2014."),
        ("difficulty",),
    ),
    Item(
        "documents",
        _("Pièces complètes et lisibles"),
        _("Kbis de moins de trois mois, liasse fiscale, plan d’affaires, RIB au nom exact."),
    ),
    Item(
        "start",
        _("Pas de démarrage avant le dépôt"),
        _("Aucun devis signé, aucune commande, aucun contrat avant la réception du dossier."),
        ("start_after_filing",),
    ),
    Item(
        "de_minimis",
        _("Déclaration de minimis complète"),
        _("Trois années, sociétés liées comprises ; 300 000 € au plus, aide demandée incluse."),
        ("de_minimis", "cumulation", "state_aid"),
    ),
)
BY_KEY = {item.key: item for item in ITEMS}


@dataclass(frozen=True)
class Line:
    """An item with its answer, if any, and what the verdict of the deposit says about it."""

    item: Item
    check: Any
    findings: tuple[Mapping[str, Any], ...]

    @property
    def label(self) -> str:
        return str(self.item.label)

    @property
    def guide(self) -> str:
        return str(self.item.guide)

    @property
    def outcome(self) -> str:
        return self.check.outcome if self.check else ""


def lines_of(
    checks: Iterable[Any], verdict: Mapping[str, Any] | None, items: Iterable[Item] = ITEMS
) -> list[Line]:
    """Every item, in order."""
    answered = {check.key: check for check in checks}
    findings = (verdict or {}).get("findings", ())
    return [
        Line(
            item,
            answered.get(item.key),
            tuple(found for found in findings if found["rule"] in item.rules),
        )
        for item in items
    ]


def blockers(lines: Iterable[Line]) -> list[Line]:
    """What forbids to admit: lines without answer, and lines that are not met."""
    return [line for line in lines if line.outcome in {"", "not_met"}]
