import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.core.addresses import address_of
from grants.core.fields import MoneyField, between
from grants.core.history import HistoryStep, append_only
from grants.core.money import LARGEST
from grants.dossiers.models import Dossier
from grants.programmes.models import Call
from reviews.committees import guards
from reviews.committees import permissions as may
from reviews.committees.flow import FLOW, ITEM_FLOW
from reviews.committees.states import CURRENT, ItemState, Part, SessionState

PERSON = settings.AUTH_USER_MODEL


class SessionQuerySet(models.QuerySet):
    def seen_by(self, user):
        return self.filter(may.SEE.rows(user))

    def standing(self):
        return self.exclude(state=SessionState.CANCELLED)

    def for_list(self):
        return self.select_related("call__programme").order_by("-held_at", "-pk")

    def for_room(self):
        return self.select_related("call__programme", "minutes")


@pghistory.track()
class Session(models.Model):
    """A meeting of the committee of a call; closing it settles the order."""

    class Mode(models.TextChoices):
        VOTE = "vote", _("Vote : pour, contre, abstention")
        CONSENSUS = "consensus", _("Note convenue, sans vote")

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="sessions")
    state = models.CharField(max_length=10, choices=SessionState, default=SessionState.PREPARED)
    held_at = models.DateTimeField(_("date et heure"))
    place = models.CharField(_("lieu"), max_length=200)
    mode = models.CharField(
        _("comment le comité conclut"), max_length=10, choices=Mode, default=Mode.VOTE
    )
    quorum = models.PositiveSmallIntegerField(
        _("quorum"),
        help_text=_("Membres présents et non déportés qu’il faut pour conclure sur un dossier."),
    )
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("séance du comité")
        constraints = [
            models.UniqueConstraint(
                fields=["call"], condition=~Q(state="cancelled"), name="session_once_per_call"
            ),
            models.CheckConstraint(
                name="session_quorum_bounded", condition=Q(quorum__gte=1, quorum__lte=100)
            ),
            models.CheckConstraint(
                name="session_stamps_follow_state",
                condition=Q(state__in=["prepared", "cancelled"], opened_at=None, closed_at=None)
                | Q(state="open", opened_at__isnull=False, closed_at=None)
                | Q(state="closed", opened_at__isnull=False, closed_at__gte=F("opened_at")),
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="session_steps", field="state", transitions=FLOW.pairs()),
            pgtrigger.Protect(
                name="session_frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state__in=["closed", "cancelled"]),
            ),
        ]

    def __str__(self):
        return f"{self.call} · {self.get_state_display()}"

    def get_absolute_url(self):
        return address_of("committees:room", self.pk)


class SessionStep(HistoryStep):
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="history")


@pghistory.track()
class Member(models.Model):
    """Somebody who sits in a session, and as what."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="committee_places")
    part = models.CharField(_("rôle"), max_length=10, choices=Part)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "user"], name="member_once"),
        ]
        triggers = [guards.kept_with_session("member_kept", "{row}.session_id", "prepared", "open")]

    def __str__(self):
        return f"{self.user} · {self.get_part_display()}"

    @property
    def is_voter(self):
        return self.part != Part.SECRETARY


@pghistory.track()
class Attendance(models.Model):
    """A member came, undertook to keep what is said secret, and left."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="attendances")
    arrived_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)
    noted_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(left_at=None), name="attendance_one_at_a_time"
            ),
            models.CheckConstraint(
                name="attendance_in_order",
                condition=Q(left_at=None) | Q(left_at__gte=F("arrived_at")),
            ),
        ]
        triggers = [guards.kept_with_session("attendance_kept", guards.OF_MEMBER, "open")]

    def __str__(self):
        return f"{self.member} · {self.arrived_at:%H:%M}"


class ItemQuerySet(models.QuerySet):
    def of_those_seen_by(self, user):
        return self.filter(session__in=Session.objects.seen_by(user))

    def for_act(self):
        return self.select_related("session__call__programme", "dossier__organisation")


@pghistory.track()
class Item(models.Model):
    """One dossier of the agenda: its place, what the reviews say, what the committee concludes."""

    class Outcome(models.TextChoices):
        CARRIED = "carried", _("Note adoptée")
        REJECTED = "rejected", _("Proposition rejetée")

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="items")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="committee_items")
    position = models.PositiveIntegerField()
    because = models.CharField(_("pourquoi à cette place"), max_length=300)
    rank = models.PositiveIntegerField(_("rang des évaluations"))
    score = models.DecimalField(_("note des évaluations"), max_digits=6, decimal_places=4)
    amount = MoneyField(_("aide au plus"), default=0)
    state = models.CharField(max_length=10, choices=ItemState, default=ItemState.WAITING)
    round = models.PositiveSmallIntegerField(default=1)
    proposed = models.DecimalField(
        _("note proposée"), max_digits=4, decimal_places=2, null=True, blank=True
    )
    note = models.TextField(_("conclusion du comité"), blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "dossier"], name="item_once"),
            models.UniqueConstraint(
                fields=["session"], condition=Q(state__in=CURRENT), name="item_one_current"
            ),
            models.CheckConstraint(
                name="item_settled_has_an_outcome",
                condition=Q(state="settled", proposed__isnull=False) & ~Q(outcome="")
                | ~Q(state="settled") & Q(outcome=""),
            ),
            models.CheckConstraint(
                name="item_vote_is_on_a_score",
                condition=~Q(state="voting") | Q(proposed__isnull=False),
            ),
            models.CheckConstraint(
                name="item_amount_bounded", condition=between("amount", 0, LARGEST)
            ),
            models.CheckConstraint(
                name="item_proposed_on_scale",
                condition=Q(proposed=None) | Q(proposed__gte=0, proposed__lte=10),
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="item_steps", field="state", transitions=ITEM_FLOW.pairs()),
            guards.kept_with_session("item_kept", "{row}.session_id", "prepared", "open"),
            guards.ITEM_SETTLED_BY_QUORUM,
        ]

    def __str__(self):
        return f"{self.position}. {self.dossier}"

    @property
    def is_current(self):
        return self.state in CURRENT

    @property
    def agreed(self):
        """The score the committee put in the place of that of the reviews."""
        return self.proposed if self.outcome == self.Outcome.CARRIED else None


class ItemStep(HistoryStep):
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="history")


class Withdrawal(models.Model):
    """A member leaves the room for one dossier: kept with its hour, never taken back."""

    class Origin(models.TextChoices):
        KNOWN = "known", _("Lien déjà enregistré")
        DECLARED = "declared", _("Déclaré en séance")
        BUREAU = "bureau", _("Constaté par le bureau")

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="withdrawals")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="withdrawals")
    origin = models.CharField(max_length=10, choices=Origin)
    at = models.DateTimeField(default=timezone.now)
    noted_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "member"], name="withdrawal_once"),
        ]
        triggers = [
            append_only("withdrawal_append_only"),
            guards.kept_with_session("withdrawal_kept", guards.OF_ITEM, "open"),
            guards.WITHDRAWN_BEFORE_VOTING,
        ]

    def __str__(self):
        return f"{self.member} · {self.item}"


@pghistory.track()
class Ballot(models.Model):
    """One voice in one vote."""

    class Choice(models.TextChoices):
        FOR = "for", _("Pour")
        AGAINST = "against", _("Contre")
        ABSTAIN = "abstain", _("Abstention")

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="ballots")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="ballots")
    round = models.PositiveSmallIntegerField()
    choice = models.CharField(max_length=10, choices=Choice)
    cast_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "member", "round"], name="ballot_once"),
        ]
        triggers = [
            guards.BALLOT_OF_A_VOTER,
            guards.BALLOT_KEPT,
            guards.kept_with_session("ballot_in_session", guards.OF_ITEM, "open"),
        ]

    def __str__(self):
        return f"{self.member} : {self.get_choice_display()}"
