from datetime import timedelta

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.organisations.models import Organisation
from grants.core.addresses import address_of
from grants.core.fields import MoneyField, between
from grants.core.history import HistoryStep
from grants.core.money import LARGEST
from grants.dossiers import guards
from grants.dossiers import permissions as may
from grants.dossiers.flow import FLOW
from grants.dossiers.numbering import reference_of
from grants.dossiers.states import EDITABLE, PUBLIC_LABELS, RECEIVED, State
from grants.formbuilder.models import FormVersion
from grants.programmes.models import Call, Theme
from grants.programmes.states import CallState


class DossierQuerySet(models.QuerySet):
    def seen_by(self, user):
        return self.filter(may.SEE.rows(user))

    def of_applicant(self, user):
        return self.filter(may.colleague.rows(user))

    def let_in_by(self, user):
        """Those this person may give a later date: by name, for they do not read drafts."""
        return self.filter(may.LET_IN.rows(user))

    def screened_by(self, user):
        return self.filter(may.SCREEN.rows(user), state__in=RECEIVED)

    def for_list(self):
        """Everything a list of dossiers shows, in one query."""
        return self.select_related("call__programme", "organisation", "theme").order_by("-pk")

    def for_detail(self):
        return self.select_related(
            "call__programme", "organisation", "theme", "form", "form_before"
        )

    def to_remind(self, at):
        """Drafts of published calls that close within the longest milestone."""
        return self.filter(
            state=State.DRAFT,
            call__state=CallState.OPEN,
            call__closes_at__gt=at,
            call__closes_at__lte=at + timedelta(days=14),
        ).order_by("pk")


@pghistory.track()
class Dossier(models.Model):
    """An application. What its authors typed lives in answers; columns here are read from them."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="dossiers")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="dossiers"
    )
    form = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+")
    # The version its authors knew before the form was revised, until they have read what changed.
    form_before = models.ForeignKey(
        FormVersion, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    # Set when screening asks for a completion: until when, and which questions (none: all of them),
    # each with what is missing there: key → sentence.
    reopened_until = models.DateTimeField(null=True, blank=True)
    reopened_questions = models.JSONField(default=list, blank=True)
    # Until when a draft may come in after closing: repeats its last late access.
    late_until = models.DateTimeField(null=True, blank=True)

    # Read from the answers at every save, so that lists and charts need no JSON.
    title = models.CharField(_("projet"), max_length=200, blank=True)
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, null=True, blank=True)
    stage = models.CharField(_("étape"), max_length=20, blank=True)
    department = models.CharField(_("département"), max_length=3, blank=True)
    eligible_base = MoneyField(_("assiette éligible"), null=True, blank=True)
    requested = MoneyField(_("aide demandée"), null=True, blank=True)

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = _("dossier")
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="dossier_number_once"),
            models.UniqueConstraint(
                fields=["call", "organisation"],
                condition=~Q(state="withdrawn"),
                name="dossier_one_per_company_and_call",
                violation_error_message=_("Votre entreprise a déjà un dossier pour cet appel."),
            ),
            models.CheckConstraint(
                name="dossier_draft_xor_submitted_at",
                condition=Q(state="draft", submitted_at=None)
                | Q(state="withdrawn")
                | (~Q(state="draft") & Q(submitted_at__isnull=False)),
                violation_error_message=_("Un dossier déposé a une date de dépôt."),
            ),
            models.CheckConstraint(
                name="dossier_amounts_bounded",
                condition=(Q(requested=None) | between("requested", 0, LARGEST))
                & (Q(eligible_base=None) | between("eligible_base", 0, LARGEST)),
            ),
        ]
        indexes = [
            models.Index(fields=["call", "state"]),
            # The officers' queue: what waits, oldest first; everything, by date or amount.
            models.Index(
                fields=["submitted_at", "id"],
                condition=Q(state__in=["submitted", "incomplete"]),
                name="dossier_waiting",
            ),
            models.Index(fields=["submitted_at", "id"], name="dossier_by_filing"),
            models.Index(fields=["requested", "id"], name="dossier_by_amount"),
            models.Index(
                F("requested").desc(nulls_last=True), F("id").desc(), name="dossier_by_amount_down"
            ),
            models.Index(
                F("submitted_at").desc(nulls_last=True), F("id").desc(), name="dossier_newest"
            ),
            models.Index(
                fields=["reopened_until"],
                include=["call"],
                condition=Q(state="incomplete"),
                name="dossier_late",
            ),
            GinIndex(OpClass(Upper("title"), name="gin_trgm_ops"), name="dossier_title_words"),
        ]
        triggers = [
            pgtrigger.FSM(name="dossier_steps", field="state", transitions=FLOW.pairs()),
            guards.FORM_VOIDS_SIGN_OFF,
            guards.LATE_UNTIL_GRANTED,
            guards.SUBMITTED_IN_TIME,
        ]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return address_of("dossiers:detail", self.pk)

    @property
    def reference(self):
        return reference_of(self.call.code, self.number)

    @property
    def public_label(self):
        """The state in the applicant's words."""
        return PUBLIC_LABELS.get(self.state) or self.get_state_display()

    @property
    def is_editable(self):
        return self.state in EDITABLE

    @property
    def deadline(self):
        """Until when its authors may hand it in; a request to complete brings its own date, a
        late access another."""
        if self.state == State.INCOMPLETE:
            return self.reopened_until
        return max(self.call.closes_at, self.late_until or self.call.closes_at)

    @property
    def open_questions(self):
        """Keys that may change now; None means every question."""
        if self.state == State.INCOMPLETE and self.reopened_questions:
            return frozenset(self.reopened_questions)
        return None

    def note_on(self, key):
        """What screening says is missing at this question; empty when it said nothing."""
        asked = self.reopened_questions
        return asked.get(key, "") if isinstance(asked, dict) else ""


class DossierStep(HistoryStep):
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="history")
