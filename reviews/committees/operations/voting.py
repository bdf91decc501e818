from collections import Counter
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.core.flow import write
from grants.core.wording import number
from reviews.committees import permissions as may
from reviews.committees.flow import ITEM_FLOW
from reviews.committees.models import Ballot, Item, Session
from reviews.committees.operations.acting import hold_item, member_of, told
from reviews.committees.operations.holding import note_known
from reviews.committees.out import eligible, is_out
from reviews.committees.states import ItemState

Choice, Outcome = Ballot.Choice, Item.Outcome
LONGEST_NOTE = 3_000


@transaction.atomic
def put_to_vote(item, *, proposed, note, actor):
    """Ask the members whether this score stands; who may vote is looked at again."""
    session = hold_item(item)
    require(may.LEAD, actor, session)
    if session.mode != Session.Mode.VOTE:
        raise Refused(_("Cette séance conclut par une note convenue, sans vote."))
    check_proposal(session, proposed, note)
    note_known(item, actor=actor)
    check_quorum(item)
    ITEM_FLOW.take("put_to_vote", item, actor=actor, proposed=proposed, note=note.strip())
    told(session)
    return item


def check_proposal(session, proposed, note):
    top = session.call.top_score
    if proposed is None or not proposed.is_finite() or not Decimal(0) <= proposed <= top:
        raise Refused(_("Proposez une note de 0 à %(top)d.") % {"top": top})
    if len(note) > LONGEST_NOTE:
        raise Refused(
            _("La conclusion compte au plus %(most)s caractères.") % {"most": number(LONGEST_NOTE)}
        )


def check_quorum(item):
    """Counted without those who are out or away, at every vote."""
    n = len(eligible(item))
    if n < item.session.quorum:
        raise Refused(
            _(
                "Le quorum n’est pas réuni pour ce dossier : %(n)d membres peuvent voter, "
                "il en faut %(quorum)d."
            )
            % {"n": n, "quorum": item.session.quorum}
        )


@transaction.atomic
def cast(item, choice, *, actor, at=None):
    """Give one's voice, or change it while the vote is open."""
    session = hold_item(item)
    member = member_of(session, actor)
    if choice not in Choice.values:
        raise Refused(_("Choisissez : pour, contre ou abstention."))
    if item.state != ItemState.VOTING:
        raise Refused(_("Le vote de ce dossier n’est pas ouvert : votre voix n’a pas été comptée."))
    check_voter(item, member)
    check_quorum(item)
    Ballot.objects.update_or_create(
        item=item,
        member=member,
        round=item.round,
        defaults={"choice": choice, "cast_at": at or timezone.now()},
    )
    told(session)
    return item


def check_voter(item, member):
    if not member.is_voter:
        raise Refused(_("Le secrétariat ne vote pas."))
    if is_out(item, member.user):
        raise Refused(_("Vous êtes déporté de ce dossier : votre voix n’a pas été comptée."))
    if not member.attendances.filter(left_at=None).exists():
        raise Refused(_("Signalez d’abord votre présence : votre voix n’a pas été comptée."))


@transaction.atomic
def stop_vote(item, *, actor):
    """Go back to the discussion: these ballots stay in the record and count for nothing."""
    session = hold_item(item)
    ITEM_FLOW.take("stop_vote", item, actor=actor, round=item.round + 1)
    told(session)
    return item


@transaction.atomic
def settle(item, *, actor):
    """Count the voices. Without a majority for it, the score of the reviews stands."""
    session = hold_item(item)
    note_known(item, actor=actor)
    check_quorum(item)
    ITEM_FLOW.take("settle", item, actor=actor, outcome=outcome_of(tally(item)))
    told(session)
    return item


def tally(item):
    """How many of each choice, in the vote that counts."""
    return Counter(item.ballots.filter(round=item.round).values_list("choice", flat=True))


def outcome_of(counts):
    return Outcome.CARRIED if counts[Choice.FOR] > counts[Choice.AGAINST] else Outcome.REJECTED


@transaction.atomic
def agree(item, *, proposed, note, actor):
    """Write the score the members agree on, in a session that does not vote."""
    session = hold_item(item)
    require(may.LEAD, actor, session)
    if session.mode != Session.Mode.CONSENSUS:
        raise Refused(_("Cette séance conclut par un vote."))
    check_proposal(session, proposed, note)
    note_known(item, actor=actor)
    check_quorum(item)
    write(item, proposed=proposed, note=note.strip())
    ITEM_FLOW.take("agree", item, actor=actor, outcome=Outcome.CARRIED)
    told(session)
    return item
