from django.db import models
from django.utils.translation import gettext_lazy as _


class CallState(models.TextChoices):
    DRAFT = "draft", _("En préparation")
    OPEN = "open", _("Publié")
    REVIEWING = "reviewing", _("En évaluation")
    RANKED = "ranked", _("Classement arrêté")
    DECIDED = "decided", _("Décisions rendues")


class Role(models.TextChoices):
    OFFICER = "officer", _("Instruction")
    MANAGER = "manager", _("Gestion du programme")
    FINANCE = "finance", _("Finances")
    AUDITOR = "auditor", _("Audit")


PUBLISHED = frozenset(CallState) - {CallState.DRAFT}
