"""Saying something to the other readers of a dossier."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.core.flow import lock
from grants.core.wording import number
from reviews.evaluations import permissions as may
from reviews.evaluations.models import Evaluation
from reviews.evaluations.remarks import LONGEST, DiscussionNote
from reviews.phases.operations import require_right
from reviews.phases.rights import DISCUSS


@transaction.atomic
def remark(evaluation, text, *, actor):
    """Tell the other readers something; it stays, and the people of the programme read it too."""
    lock(Evaluation.objects.get(pk=evaluation.pk))
    require(may.READ_OTHERS, actor, evaluation)
    require_right(evaluation.assignment.dossier.call, DISCUSS)
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise Refused(_("Écrivez votre remarque avant de l’envoyer."))
    if "\0" in text:
        raise Refused(_("Ce texte contient un caractère interdit : retapez-le ici."))
    if len(text) > LONGEST:
        raise Refused(
            _("Cette remarque compte %(n)s caractères ; la limite est de %(most)s.")
            % {"n": number(len(text)), "most": number(LONGEST)}
        )
    return DiscussionNote.objects.create(evaluation=evaluation, text=text)
