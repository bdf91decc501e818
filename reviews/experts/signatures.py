"""What was signed before any dossier could be read: the exact text, kept with the signature."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from grants.core.history import append_only
from reviews.experts.models import Seat


class Signature(models.Model):
    """The undertaking as one expert read and signed it, for one seat. Never changed."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="signatures")
    version = models.CharField(max_length=20)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="signature_sha256_is_hex", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(name="signature_has_text", condition=~Q(text="")),
        ]
        triggers = [
            append_only("signature_append_only"),
            # The digest is that of the text, whoever wrote the row.
            pgtrigger.Trigger(
                name="signature_digest_of_text",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.sha256 <> encode(sha256(convert_to(NEW.text, 'UTF8')), 'hex') THEN
                        RAISE EXCEPTION 'signature_digest_of_text: not the digest of this text'
                        USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.seat} · {self.version}"
