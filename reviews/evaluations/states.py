from django.db import models
from django.utils.translation import gettext_lazy as _


class EvaluationState(models.TextChoices):
    DRAFT = "draft", _("En cours")
    SUBMITTED = "submitted", _("Remise")
