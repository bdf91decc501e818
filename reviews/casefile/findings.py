"""What a page shows of a recomputation: how much of each part, then what is worth reading."""

from collections import Counter
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

PARTS = {
    "file": _("Empreinte du dossier de décision"),
    "deposit": _("Dossier déposé"),
    "eligibility": _("Éligibilité"),
    "ranking": _("Notes et classement de tout l’appel"),
    "allocation": _("Plafonds et proposition de tout l’appel"),
    "decision": _("Décision et engagement"),
}

# The values of the file, in the words of the platform.
WORDS = {
    "true": _("oui"),
    "false": _("non"),
    "met": _("respecté"),
    "not_met": _("non respecté"),
    "warning": _("à vérifier"),
    "unknown": _("inconnu"),
    "award": _("retenu"),
    "reserve": _("liste de réserve"),
    "refuse": _("non retenu"),
    "grant": _("subvention"),
    "repayable_advance": _("avance remboursable"),
}


def findings_of(lines, reference):
    """Every line that differs; when none does, those that are about this dossier."""
    different = [line for line in lines if not line.equal]
    own = [line for line in lines if is_about(line, reference)]
    compared, unequal = (Counter(line.part for line in some) for some in (lines, different))
    return {
        "parts": [
            {"label": PARTS[part], "compared": n, "different": unequal[part]}
            for part, n in compared.items()
        ],
        "lines": [in_words(line) for line in different or own],
        "compared": len(lines),
        "different": len(different),
    }


def is_about(line, reference):
    of_the_call = line.part in {"ranking", "allocation"}
    return line.what.startswith(reference) if of_the_call else line.part != "file"


def in_words(line):
    told, found = (str(WORDS.get(value, value)) for value in (line.told, line.found))
    return replace(line, told=told, found=found)
