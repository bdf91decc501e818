from django.db import models
from django.utils.translation import gettext_lazy as _


class AssignmentState(models.TextChoices):
    ACTIVE = "active", _("En cours")
    RECUSED = "recused", _("Déporté")
    REMOVED = "removed", _("Retiré")
