from decimal import Decimal

import pghistory
import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.core.addresses import address_of
from grants.core.fields import MoneyField, between
from grants.core.history import HistoryStep
from grants.core.money import LARGEST
from grants.programmes import permissions as may
from grants.programmes.flow import FLOW
from grants.programmes.states import CallState, Role


@pghistory.track()
class Programme(models.Model):
    """A scheme of the funder, with its published rules and the people to ask."""

    slug = models.SlugField(unique=True)
    name = models.CharField(_("nom"), max_length=120)
    purpose = models.CharField(_("le programme en une phrase"), max_length=300)
    funder = models.CharField(_("financeur"), max_length=120)
    rules = models.TextField(_("règlement publié"))
    rules_reference = models.CharField(_("référence du règlement"), max_length=200, blank=True)
    contact_service = models.CharField(_("service"), max_length=150)
    contact_email = models.EmailField(_("adresse électronique"))
    contact_phone = models.CharField(_("téléphone"), max_length=30)
    contact_address = models.CharField(_("adresse postale"), max_length=250)
    goal_text = models.CharField(_("objectif"), max_length=200, blank=True)
    goal_from = models.PositiveIntegerField(_("entreprises par an au départ"), null=True)
    goal_to = models.PositiveIntegerField(_("entreprises par an visées"), null=True)
    goal_year = models.PositiveIntegerField(_("année visée"), null=True)

    class Meta:
        verbose_name = _("programme")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address_of("programmes:programme", self.pk)


@pghistory.track()
class Theme(models.Model):
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="themes")
    key = models.SlugField()
    name = models.CharField(_("thème"), max_length=80)
    rank = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["rank", "pk"]
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="theme_key_once")]

    def __str__(self):
        return self.name


@pghistory.track()
class Duty(models.Model):
    """A role somebody holds on a programme, from a day to a day."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="duties")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="duties"
    )
    role = models.CharField(max_length=10, choices=Role)
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "user", "role"],
                condition=Q(ended_at=None),
                name="duty_once_at_a_time",
            )
        ]

    def __str__(self):
        return f"{self.user} · {self.get_role_display()} · {self.programme}"


class CallQuerySet(models.QuerySet):
    def seen_by(self, user):
        return self.filter(may.SEE.rows(user))

    def followed_by(self, user):
        return self.filter(may.FOLLOW.rows(user))

    def accepting(self, at=None):
        """Published calls one can apply to at this instant."""
        at = at or timezone.now()
        return self.filter(state=CallState.OPEN, opens_at__lte=at, closes_at__gt=at)

    def for_list(self):
        return self.select_related("programme").order_by("-opens_at", "-pk")

    def for_page(self):
        return self.select_related("programme", "sharing", "draw")


@pghistory.track()
class Call(models.Model):
    """One round of a programme: its calendar, its caps, its criteria. Frozen once published."""

    class Method(models.TextChoices):
        RAW = "raw", _("Moyenne pondérée des notes")
        CALIBRATED = "calibrated", _("Note corrigée de la sévérité des experts")

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="calls")
    code = models.CharField(
        _("code"), max_length=12, unique=True, help_text=_("Il commence les numéros de dossier.")
    )
    title = models.CharField(_("intitulé"), max_length=150)
    summary = models.TextField(_("présentation"), blank=True)
    year = models.PositiveIntegerField(_("exercice budgétaire"))
    state = models.CharField(max_length=20, choices=CallState, default=CallState.DRAFT)
    opens_at = models.DateTimeField(_("ouverture"))
    closes_at = models.DateTimeField(_("clôture"))
    reviews_due_at = models.DateTimeField(_("évaluations attendues le"))
    committee_on = models.DateField(_("comité de sélection"))
    decision_on = models.DateField(_("vote attendu"))
    reserve_until = models.DateField(_("fin de validité de la liste de réserve"))

    max_rate = models.DecimalField(
        _("taux maximal de l’aide"), max_digits=5, decimal_places=4, default=Decimal("0.5")
    )
    max_aid = MoneyField(_("aide maximale"), default=200_000)
    max_grant = MoneyField(_("part maximale en subvention"), default=50_000)
    min_base_mvp = MoneyField(_("assiette minimale, premier produit"), default=40_000)
    min_base = MoneyField(_("assiette minimale, autres étapes"), default=100_000)
    max_months = models.PositiveSmallIntegerField(_("durée maximale en mois"), default=36)
    max_age_years = models.PositiveSmallIntegerField(_("âge maximal de l’entreprise"), default=8)
    reviews_per_dossier = models.PositiveSmallIntegerField(
        _("évaluations par dossier"), default=3, validators=[MaxValueValidator(9)]
    )
    method = models.CharField(
        _("note qui classe"), max_length=12, choices=Method, default=Method.RAW
    )
    top_score = models.PositiveSmallIntegerField(_("note maximale"), default=5)
    reading_minutes = models.PositiveSmallIntegerField(
        _("durée prévue d’une lecture, en minutes"), default=90
    )
    experts_read_personal = models.BooleanField(
        _("les experts lisent les données personnelles"),
        default=False,
        help_text=_(
            "À cocher si un critère porte sur les personnes. L’appel publié le dit aux "
            "candidats. Les coordonnées bancaires ne sont jamais montrées aux experts."
        ),
    )
    threshold = models.DecimalField(
        _("note minimale pour être financé"), max_digits=4, decimal_places=2, default=Decimal("2.5")
    )

    four_eyes = models.BooleanField(
        _("accord du représentant légal avant le dépôt"),
        default=False,
        help_text=_(
            "Le représentant légal de l’entreprise approuve le dossier, et une autre personne "
            "le dépose. Non coché, une seule personne suffit."
        ),
    )

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("appel")
        constraints = [
            models.CheckConstraint(
                name="call_dates_in_order",
                condition=Q(opens_at__lt=F("closes_at"), closes_at__lte=F("reviews_due_at"))
                & Q(committee_on__lte=F("decision_on"), decision_on__lte=F("reserve_until")),
                violation_error_message=_(
                    "Les dates se suivent : ouverture, clôture, évaluations, comité, vote, réserve."
                ),
            ),
            models.CheckConstraint(
                name="call_caps_bounded",
                condition=between("max_aid", 0, LARGEST)
                & Q(max_grant__gte=0, max_grant__lte=F("max_aid"))
                & between("min_base", 0, LARGEST)
                & between("min_base_mvp", 0, LARGEST)
                & Q(max_rate__gt=0, max_rate__lte=1),
                violation_error_message=_(
                    "La subvention ne dépasse pas l’aide maximale ; le taux est entre 0 et 100 %%."
                ),
            ),
            models.CheckConstraint(
                name="call_scale_bounded",
                condition=Q(top_score__gte=1, top_score__lte=10)
                & Q(threshold__gte=0, threshold__lte=F("top_score")),
                violation_error_message=_(
                    "La note maximale est entre 1 et 10 ; la note minimale ne la dépasse pas."
                ),
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="call_steps", field="state", transitions=FLOW.pairs()),
            # What applicants were promised does not move under their feet.
            pgtrigger.Trigger(
                name="call_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf(
                    "opens_at",
                    "max_rate",
                    "max_aid",
                    "max_grant",
                    "min_base",
                    "min_base_mvp",
                    "max_months",
                    "max_age_years",
                    "method",
                    "threshold",
                    "top_score",
                    "four_eyes",
                    "experts_read_personal",
                ),
                condition=pgtrigger.Q(old__state__df="draft") & pgtrigger.Q(new__state__df="draft"),
                func="""
                    IF ROW(OLD.opens_at, OLD.max_rate, OLD.max_aid, OLD.max_grant, OLD.min_base,
                           OLD.min_base_mvp, OLD.max_months, OLD.max_age_years, OLD.method,
                           OLD.threshold, OLD.top_score, OLD.four_eyes,
                           OLD.experts_read_personal)
                       IS DISTINCT FROM
                       ROW(NEW.opens_at, NEW.max_rate, NEW.max_aid, NEW.max_grant, NEW.min_base,
                           NEW.min_base_mvp, NEW.max_months, NEW.max_age_years, NEW.method,
                           NEW.threshold, NEW.top_score, NEW.four_eyes,
                           NEW.experts_read_personal)
                    THEN RAISE EXCEPTION 'call_frozen: a published call keeps its rules'
                         USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="call_published_weights",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("state"),
                condition=pgtrigger.Q(old__state="draft") & pgtrigger.Q(new__state__df="draft"),
                func="""
                    IF (SELECT sum(weight) FROM grants_criterion WHERE call_id = NEW.id) <> 100
                    THEN RAISE EXCEPTION 'call_published_weights: the weights make 100'
                         USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return address_of("programmes:call", self.pk)

    def accepts(self, at):
        return self.state == CallState.OPEN and self.opens_at <= at < self.closes_at


class CallStep(HistoryStep):
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="history")
