"""The room as one person sees it now: current dossier, quorum, votes, and what they may do."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from grants.core.wording import number
from reviews.committees import permissions as may
from reviews.committees.finding import agenda_of, masked_in, members_of
from reviews.committees.lines import lines_of
from reviews.committees.live import left_of, order_now
from reviews.committees.models import Ballot
from reviews.committees.out import known_out
from reviews.committees.pulse import beat
from reviews.committees.states import BUREAU, ItemState, SessionState
from reviews.committees.veiling import as_known
from reviews.panels.summary import summary_of


@dataclass(frozen=True)
class Place:
    """A member as the room shows them."""

    member: Any
    is_here: bool
    is_out: bool
    has_voted: bool
    choice: str = ""

    @property
    def may_vote(self):
        return self.member.is_voter and self.is_here and not self.is_out


@dataclass(frozen=True)
class Row:
    """A dossier of the agenda; a masked one shows nothing but its place."""

    item: Any
    is_masked: bool
    place: int
    score: str
    is_funded: bool
    left: Decimal


@dataclass(frozen=True)
class Current:
    """The dossier before everybody. `summary` and `remarks` are empty for who is out."""

    item: Any
    is_masked: bool
    summary: Any = None
    remarks: list = field(default_factory=list)
    counts: list = field(default_factory=list)
    mine: str = ""
    proposed: str = ""


@dataclass(frozen=True)
class Board:
    session: Any
    me: Any
    places: list
    rows: list
    current: Any
    eligible: int
    left: Decimal
    agenda: int
    masked: int
    may_lead: bool
    may_close: bool
    may_prepare: bool
    is_staff: bool

    @property
    def may_call(self):
        return self.may_lead and self.is_open

    @property
    def lines(self):
        return lines_of(self.rows, may_call=self.may_call)

    @property
    def has_quorum(self):
        return self.eligible >= self.session.quorum

    @property
    def beat(self):
        """The same as `pulse.beat_of`, without asking again."""
        return beat(self.session.version, self.session.state, self.masked)

    @property
    def is_open(self):
        return self.session.state == SessionState.OPEN

    @property
    def here(self):
        return [place for place in self.places if place.is_here]

    @property
    def out(self):
        return [place for place in self.places if place.is_out]

    @property
    def is_voting(self):
        return bool(self.current and self.current.item.state == ItemState.VOTING)

    @property
    def voted(self):
        return sum(place.has_voted for place in self.places)

    @property
    def settled(self):
        return sum(row.item.state == ItemState.SETTLED for row in self.rows)

    @property
    def funded(self):
        return sum(row.is_funded for row in self.rows)

    @property
    def after(self):
        """What the envelope still holds once it has gone down the order as far as it goes."""
        return min((row.left for row in self.rows if row.is_funded), default=self.left)

    @property
    def next_row(self):
        """What the bureau calls next: the first of the agenda not looked at."""
        waiting = (row for row in self.rows if row.item.state == ItemState.WAITING)
        return next(waiting, None)

    @property
    def may_speak(self):
        return bool(self.me and self.me.is_here and not self.me.is_out)


def board_of(session, user):
    """A constant number of queries, whatever the agenda."""
    items = as_known(agenda_of(session.pk), session, user)
    item = next((one for one in items if one.is_current), None)
    choices = ballots_of(item) if item else {}
    places = places_of(session, item, choices)
    me = next((place for place in places if place.member.user_id == user.pk), None)
    leads = me is not None and me.member.part in BUREAU
    left = left_of(session.call)
    masked = set(masked_in(session.pk, user))
    is_staff = may.staff.allows(user, session)
    shown = is_staff or (session.state == SessionState.OPEN and me is not None and me.is_here)
    return Board(
        session=session,
        me=me,
        places=places,
        rows=rows_of(items, masked, left) if shown else [],
        current=current_of(session, item, user, me, masked, choices) if item and shown else None,
        masked=len(masked),
        agenda=len(items),
        eligible=sum(place.may_vote for place in places),
        left=left,
        may_lead=leads,
        may_close=leads and may.MANAGE.allows(user, session),
        may_prepare=may.PREPARE.allows(user, session),
        is_staff=is_staff,
    )


def places_of(session, item, choices):
    out = out_of(session, item) if item else set()
    return [
        Place(
            member=member,
            is_here=member.is_here,
            is_out=member.pk in out,
            has_voted=member.pk in choices,
            choice=choices.get(member.pk, ""),
        )
        for member in members_of(session.pk)
    ]


def out_of(session, item):
    return set(known_out(item).values_list("pk", flat=True))


def ballots_of(item):
    return dict(item.ballots.filter(round=item.round).values_list("member", "choice"))


def rows_of(items, masked, left):
    ordered = {one.line.dossier_id: one for one in order_now(items, left)}
    return [
        Row(
            item=item,
            is_masked=item.pk in masked,
            place=ordered[item.dossier_id].place,
            score=number(ordered[item.dossier_id].score, places=2),
            is_funded=ordered[item.dossier_id].is_funded,
            left=ordered[item.dossier_id].left,
        )
        for item in items
    ]


def current_of(session, item, user, me, masked, choices):
    if item.pk in masked:
        return Current(item, is_masked=True)
    named = may.READ_NAMES.allows(user, session)
    return Current(
        item,
        is_masked=False,
        summary=summary_of(item.dossier, named=named),
        remarks=list(item.remarks.select_related("author")),
        counts=counts_of(choices) if item.state != ItemState.VOTING else [],
        mine=choices.get(me.member.pk, "") if me else "",
        proposed=proposed_text(item),
    )


def counts_of(choices):
    """Told once the vote is over: nobody votes after the others’ figures."""
    return [
        (choice.label, sum(given == choice for given in choices.values()))
        for choice in Ballot.Choice
    ]


def proposed_text(item):
    """What the proposal form starts from: the score proposed last, or that of the reviews."""
    value = item.score if item.proposed is None else item.proposed
    return number(value, places=2)
