"""Who an answer is for. Each question has one class, told to its author and kept by every page."""

from django.utils.translation import gettext_lazy as _

# From the most open to the most closed.
CLASSES = ("public", "after_decision", "secret", "personal", "bank")

LABELS = {
    "public": _("Public"),
    "after_decision": _("Communicable après la décision"),
    "secret": _("Secret des affaires"),
    "personal": _("Donnée personnelle"),
    "bank": _("Coordonnées bancaires"),
}

MEANINGS = {
    "public": _("Peut être publié avec la liste des aides."),
    "after_decision": _("Communicable à qui le demande, une fois la décision rendue."),
    "secret": _("Couvert par le secret des affaires : lu par l’instruction et les experts."),
    "personal": _(
        "Donnée personnelle : lue par l’instruction, et par les experts si l’appel le prévoit. "
        "Jamais publiée."
    ),
    "bank": _("Lu par les services qui instruisent et paient, jamais par les experts."),
}

# Bank details serve to pay, not to judge.
WITHHELD_FROM_EXPERTS = frozenset({"bank"})


def withheld_from_experts(call):
    """What experts of this call do not read, on screen or on paper: people only if it says so."""
    if call.experts_read_personal:
        return WITHHELD_FROM_EXPERTS
    return WITHHELD_FROM_EXPERTS | {"personal"}


def strictest(classes):
    return max(classes, key=CLASSES.index)
