"""The other readings of a dossier, for a reader whose own is in: letters or names, as the phase
says. Nothing here is to be asked before `READ_OTHERS` has been."""

from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

from django.utils.translation import gettext as _

from reviews.evaluations.finding import handed_in_on, remarks_between
from reviews.evaluations.sheet import read_sheet


@dataclass(frozen=True)
class Said:
    """One remark, under the name its author goes by here."""

    by: str
    is_mine: bool
    at: Any
    text: str


def read_by(evaluation, *, named):
    """Sheets of the other readers who have handed in, and what all of them said."""
    dossier = evaluation.assignment.dossier_id
    others = [one for one in handed_in_on(dossier) if one.pk != evaluation.pk]
    names = {one.pk: name_of(one, n, named=named) for n, one in enumerate(others)}
    sheets = [{**read_sheet(one), "name": names[one.pk]} for one in others]
    said = [
        Said(
            names.get(remark.evaluation_id, _("Vous")),
            remark.evaluation_id == evaluation.pk,
            remark.at,
            remark.text,
        )
        for remark in remarks_between(dossier)
    ]
    return sheets, said


def name_of(evaluation, n, *, named):
    if named:
        return str(evaluation.assignment.expert)
    letters = ascii_uppercase[n % 26] + (str(n // 26 + 1) if n >= 26 else "")
    return _("Lecteur %(letter)s") % {"letter": letters}
