import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grants.core.history import append_only
from grants.history import permissions as may

HEX = r"^[0-9a-f]{64}$"


class SealQuerySet(models.QuerySet):
    def for_list(self, user):
        """What the page of seals shows, to those who may read it; the last one first."""
        return self.filter(may.SEE.rows(user)).defer("content").order_by("-number")

    def standing(self, at):
        """The last seal made by then: what a paper of that hour can carry."""
        return self.filter(at__lte=at).only("number", "sha256").order_by("-number").first()


class Seal(models.Model):
    """What the whole history was at one hour, in one digest that can be kept elsewhere."""

    number = models.PositiveIntegerField(primary_key=True)
    at = models.DateTimeField(_("scellé le"))
    chains = models.PositiveIntegerField(_("chaînes"))
    acts = models.PositiveBigIntegerField(_("actes"))
    added = models.PositiveIntegerField(_("actes ajoutés"))
    previous = models.CharField(max_length=64)
    content = models.JSONField()
    sha256 = models.CharField(_("empreinte"), max_length=64)

    objects = SealQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = _("scellé")
        constraints = [
            models.CheckConstraint(
                name="seal_digests_are_hex", condition=Q(sha256__regex=HEX, previous__regex=HEX)
            ),
        ]
        triggers = [
            append_only("seal_append_only"),
            # A seal holds to the one before it, and to the clock of the database.
            pgtrigger.Trigger(
                name="seal_follows",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("last", "grants_seal")],
                func="""
                    SELECT * INTO last FROM grants_seal ORDER BY number DESC LIMIT 1;
                    IF NEW.number <> COALESCE(last.number, 0) + 1
                        OR NEW.previous <> COALESCE(last.sha256, repeat('0', 64))
                        OR NEW.at NOT BETWEEN clock_timestamp() - interval '10 minutes'
                            AND clock_timestamp() + interval '1 minute'
                    THEN
                        RAISE EXCEPTION 'seal_follows: a seal follows the last one, now'
                        USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return self.digest

    @property
    def digest(self):
        """What is kept elsewhere, and given back to `verify_history --against`."""
        return f"{self.number}:{self.sha256}"


class Link(models.Model):
    """The acts one seal added to one chain: their places, their digests, the head they lead to."""

    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="links")
    chain = models.CharField(max_length=80)
    first = models.PositiveBigIntegerField()
    places = models.JSONField()
    leaves = models.BinaryField()
    previous = models.CharField(max_length=64)
    head = models.CharField(max_length=64)

    class Meta:
        ordering = ["seal_id", "chain"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "seal"], name="link_once_by_chain_and_seal"),
        ]
        triggers = [append_only("link_append_only")]

    def __str__(self):
        return f"{self.chain} · {self.seal_id}"
