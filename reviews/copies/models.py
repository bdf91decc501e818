import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.aggregates import JSONBAgg
from django.db import models
from django.db.models import F, Func, JSONField, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.core.addresses import address_of
from grants.dossiers.models import Document
from reviews.copies import permissions as may
from reviews.copies.states import COPIED, Verdict


class BlindCopyQuerySet(models.QuerySet):
    def seen_by(self, user):
        return self.filter(may.SEE.rows(user))

    def ruled(self):
        """`ruled`: what an officer said of it, None when nobody did."""
        standing = CopyRuling.objects.filter(copy=OuterRef("pk"), ended_at=None)
        return self.annotate(ruled=Subquery(standing.values("shows")))

    def shown(self):
        """Those its readers may have (`ruled`)."""
        return self.filter(Q(ruled=True) | Q(ruled=None, verdict=Verdict.CLEAR))

    def withheld(self):
        return self.filter(Q(ruled=False) | Q(ruled=None) & ~Q(verdict=Verdict.CLEAR))

    def for_list(self):
        return self.select_related(
            "document__dossier__call", "document__dossier__organisation", "document__dossier__form"
        )


@pghistory.track()
class BlindCopy(models.Model):
    """A file without what it says of its authors, for readers who are not to know them; and what
    its words were found to say. Beside the document, which never changes."""

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="blind_copy")
    verdict = models.CharField(max_length=20, choices=Verdict)
    file = models.FileField(max_length=200, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    # [[page, word]]: what names the company; page 0 is what nobody sees.
    words = models.JSONField(default=list, blank=True)
    pictures = models.PositiveIntegerField(default=0)
    # Which names it was checked for: others may have come since.
    checked_for = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)

    objects = BlindCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("copie sans nom")
        constraints = [
            models.CheckConstraint(
                name="blind_copy_is_a_file_unless_none_can_be_made",
                condition=(Q(verdict__in=COPIED, size__gte=1) & ~Q(file=""))
                | (~Q(verdict__in=COPIED) & Q(file="", size=0)),
            ),
            models.CheckConstraint(
                name="blind_copy_names_with_words",
                condition=Q(verdict="named") & ~Q(words=[]) | ~Q(verdict="named") & Q(words=[]),
            ),
        ]

    def __str__(self):
        return f"{self.document} · {self.verdict}"

    def get_absolute_url(self):
        return address_of("copies:copy", self.pk)

    @property
    def can_be_ruled_on(self):
        """Without a copy there is nothing to show."""
        return bool(self.file)


@pghistory.track()
class CopyRuling(models.Model):
    """An officer has looked at a copy and says whether its readers may have it. A later word takes
    its place; none is ever changed."""

    copy = models.ForeignKey(BlindCopy, on_delete=models.PROTECT, related_name="rulings")
    shows = models.BooleanField()
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["copy"], condition=Q(ended_at=None), name="copy_ruling_one_stands"
            ),
            models.CheckConstraint(name="copy_ruling_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="copy_ruling_ends_after_it_began",
                condition=Q(ended_at=None) | Q(ended_at__gte=F("at")),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="copy_ruling_kept",
                operation=pgtrigger.UpdateOf("copy_id", "shows", "reason", "by_id", "at")
                | pgtrigger.Delete,
            ),
        ]

    def __str__(self):
        return f"{self.copy} · {self.shows}"


# What a page needs of each copy, in this order.
COLUMNS = ("document_id", "verdict", "checked_for", "size", "ruled")


def gathered(copies):
    """The copies of each dossier as one value, under the key of its dossier."""
    row = Func(*COLUMNS, function="jsonb_build_array", output_field=JSONField())
    by_dossier = copies.ruled().order_by().values("document__dossier")
    return by_dossier.annotate(rows=JSONBAgg(row, order_by="document_id")).values("rows")


def copies_under(path):
    """The copies of the dossier found under `path`, in one column."""
    return Subquery(gathered(BlindCopy.objects.filter(document__dossier=OuterRef(path))))
