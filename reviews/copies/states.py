from django.db import models
from django.utils.translation import gettext_lazy as _


class Verdict(models.TextChoices):
    """What looking at the copy of a file says of it."""

    CLEAR = "clear", _("Rien n’y nomme l’entreprise")
    NAMED = "named", _("Son texte nomme l’entreprise ou des personnes")
    NO_TEXT = "no_text", _("Une image ou un document numérisé : ses mots ne se vérifient pas")
    WRITTEN_OVER = "written_over", _("Des annotations, champs ou calques que la copie perdrait")
    KIND = "kind", _("Un document Word, Excel ou OpenDocument : il garde le nom de ses auteurs")
    BROKEN = "broken", _("Un fichier dont aucune copie n’a pu être faite")


COPIED = frozenset({Verdict.CLEAR, Verdict.NAMED, Verdict.NO_TEXT, Verdict.WRITTEN_OVER})
