"""What a phase of the reading may allow, and who it concerns. Plain values."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

SCORE, SEE_OTHERS, DISCUSS, DECIDE = "may_score", "sees_others", "may_discuss", "may_decide"
NAME_READERS, NAME_APPLICANTS = "names_readers", "names_applicants"


@dataclass(frozen=True)
class Right:
    """One right of the bundle, in the words of the people it concerns."""

    key: str
    who: str
    what: str
    # What goes for a call that has no phases: read independently, from beginning to end.
    without_phases: bool = False


RIGHTS = (
    Right(SCORE, _("Experts"), _("notent et remettent leurs évaluations"), True),
    Right(
        SEE_OTHERS,
        _("Experts"),
        _("lisent les évaluations des autres lecteurs, une fois la leur remise"),
    ),
    Right(NAME_READERS, _("Experts"), _("lisent le nom des autres lecteurs")),
    Right(DISCUSS, _("Experts"), _("discutent du dossier avec les autres lecteurs")),
    Right(NAME_APPLICANTS, _("Experts"), _("savent de quelle entreprise est le dossier"), True),
    Right(DECIDE, _("Responsable"), _("arrête le classement"), True),
)
KEYS = tuple(right.key for right in RIGHTS)
BY_KEY = {right.key: right for right in RIGHTS}
