import pghistory
from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.organisations import permissions as may


class OrganisationQuerySet(models.QuerySet):
    def seen_by(self, user):
        return self.filter(may.SEE.rows(user))

    def of(self, user):
        return self.filter(memberships__user=user, memberships__left_at=None)


@pghistory.track()
class Organisation(models.Model):
    """A company, known by its SIRET; until the register confirms, its people state the facts."""

    siret = models.CharField(_("SIRET"), max_length=14, unique=True)
    name = models.CharField(_("dénomination"), max_length=200)
    legal_form = models.CharField(_("forme juridique"), max_length=80, blank=True)
    registered_on = models.DateField(_("date de création"), null=True)
    address = models.CharField(_("adresse"), max_length=250, blank=True)
    city = models.CharField(_("commune"), max_length=100, blank=True)
    department = models.CharField(_("département"), max_length=3, blank=True)
    headcount = models.PositiveIntegerField(_("effectif"), null=True, blank=True)
    verified_at = models.DateTimeField(_("vérifiée au répertoire le"), null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisme")
        constraints = [
            models.CheckConstraint(
                name="organisation_siret_is_14_digits", condition=models.Q(siret__regex=r"^\d{14}$")
            ),
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
