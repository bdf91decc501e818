"""What a call still needs before it can be published: the same list for the page and the act."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

WHOLE = Decimal(100)


@dataclass(frozen=True)
class Need:
    """One condition of publication; `lack` says what is wrong, empty when nothing is."""

    key: str
    label: str
    lack: str = ""

    @property
    def met(self) -> bool:
        return not self.lack


def needs_of(call, criteria: Sequence, *, has_form: bool, is_form_settled: bool, at) -> list[Need]:
    return [
        Need("dates", _("Calendrier à venir"), lack_of_time(call, at)),
        Need("weights", _("Critères dont les poids font 100"), lack_of_weight(criteria)),
        Need("anchors", _("Sens de chaque note"), lack_of_anchors(call, criteria)),
        Need("form", _("Formulaire publié"), lack_of_form(has_form, is_form_settled)),
    ]


def lack_of_form(has_form: bool, is_settled: bool) -> str:
    if not has_form:
        return _("L’appel n’a pas encore de formulaire publié.")
    if not is_settled:
        return _("Des modifications du formulaire attendent : publiez-les ou abandonnez-les.")
    return ""


def lack_of_time(call, at) -> str:
    if call.closes_at <= at:
        return _("La clôture est déjà passée.")
    return ""


def lack_of_weight(criteria) -> str:
    total = sum((criterion.weight for criterion in criteria), Decimal(0))
    if total == WHOLE:
        return ""
    return _("La somme des poids est %(total)s au lieu de 100.") % {
        "total": f"{total.normalize():f}".replace(".", ",")
    }


def lack_of_anchors(call, criteria) -> str:
    bare = [criterion.name for criterion in criteria if not is_anchored(call, criterion)]
    if not bare:
        return ""
    return _("Il manque la phrase d’une note : %(names)s.") % {"names": ", ".join(bare)}


def is_anchored(call, criterion) -> bool:
    """One sentence for every score from 0 to the top."""
    anchors = criterion.anchors
    return len(anchors) == call.top_score + 1 and all(str(text).strip() for text in anchors)
