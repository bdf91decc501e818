import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.organisations import permissions as may
from accounts.organisations.comparing import differences


class OrganisationQuerySet(models.QuerySet):
    def seen_by(self, user):
        return self.filter(may.SEE.rows(user))

    def of(self, user):
        return self.filter(memberships__user=user, memberships__left_at=None)

    def to_check(self, at):
        """Those the register has still to answer for, and whose time has come."""
        return self.filter(next_check_at__lte=at).order_by("next_check_at", "pk")


@pghistory.track()
class Organisation(models.Model):
    """A company, known by its SIRET. Columns hold what its people state; `register` what the
    register says: neither overwrites the other."""

    class Standing(models.TextChoices):
        TO_VERIFY = "to_verify", _("À vérifier")
        OPEN = "open", _("Vérifiée au répertoire")
        CLOSED = "closed", _("Fermée au répertoire")
        UNKNOWN = "unknown", _("Inconnue du répertoire")

    siret = models.CharField(_("SIRET"), max_length=14, unique=True)
    name = models.CharField(_("dénomination"), max_length=200)
    legal_form = models.CharField(_("forme juridique"), max_length=80, blank=True)
    registered_on = models.DateField(_("date de création"), null=True)
    address = models.CharField(_("adresse"), max_length=250, blank=True)
    city = models.CharField(_("commune"), max_length=100, blank=True)
    department = models.CharField(_("département"), max_length=3, blank=True)
    headcount = models.PositiveIntegerField(_("effectif"), null=True, blank=True)
    activity = models.CharField(_("activité (code NAF)"), max_length=10, blank=True)
    remark = models.CharField(_("précision pour l’instruction"), max_length=500, blank=True)
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.TO_VERIFY)
    register = models.JSONField(null=True, blank=True)
    verified_at = models.DateTimeField(_("vérifiée au répertoire le"), null=True, blank=True)
    checks = models.PositiveSmallIntegerField(default=0)
    next_check_at = models.DateTimeField(null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisme")
        constraints = [
            models.CheckConstraint(
                name="organisation_siret_is_14_digits", condition=models.Q(siret__regex=r"^\d{14}$")
            ),
            # Only the register's own words make a company verified, open or closed.
            models.CheckConstraint(
                name="organisation_verified_by_the_register",
                condition=models.Q(
                    standing__in=["open", "closed"],
                    verified_at__isnull=False,
                    register__isnull=False,
                )
                | models.Q(
                    standing__in=["to_verify", "unknown"],
                    verified_at=None,
                    register=None,
                ),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_check_at"],
                condition=models.Q(next_check_at__isnull=False),
                name="organisation_to_check",
            ),
            # Officers look a company up by any part of its name.
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="organisation_name_parts"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("organisations:detail", args=[self.pk])

    def people(self):
        """Who acts for it today, in order of arrival."""
        return (
            self.memberships.filter(left_at=None).select_related("user").order_by("joined_at", "pk")
        )

    @property
    def siren(self):
        return self.siret[:9]

    @property
    def is_active(self):
        """None while the register has not answered."""
        return {self.Standing.OPEN: True, self.Standing.CLOSED: False}.get(self.standing)

    @property
    def differences(self):
        return differences(self)


@pghistory.track()
class Membership(models.Model):
    """Who acts for an organisation, and how far."""

    class Role(models.TextChoices):
        OWNER = "owner", _("Responsable")
        WRITER = "writer", _("Rédaction")
        READER = "reader", _("Lecture")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(max_length=10, choices=Role, default=Role.OWNER)
    # “Présidente”, “gérant”: in what quality this person engages the company by law; mostly empty.
    legal_title = models.CharField(_("représente l’entreprise comme"), max_length=80, blank=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=models.Q(left_at=None),
                name="membership_one_current_per_person",
            ),
        ]

    def __str__(self):
        return f"{self.user} · {self.organisation}"
