from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.core.flow import lock, write
from grants.programmes.models import Duty
from grants.programmes.states import CallState, Role
from reviews.committees import agenda, messages
from reviews.committees import permissions as may
from reviews.committees.flow import FLOW
from reviews.committees.models import Item, Member, Session
from reviews.committees.operations.acting import hold, told
from reviews.committees.reasons import because
from reviews.committees.states import BUREAU, Part, SessionState
from reviews.experts.operations import account_of
from reviews.panels.operations import places
from reviews.panels.standing import most_for, standing_of
from reviews.panels.summary import marks_of


@transaction.atomic
def plan(call, *, parts, actor, **values):
    """Convene the committee of a call; `parts` gives each person their part."""
    lock(call)
    require(may.PLAN, actor, call)
    if call.state != CallState.REVIEWING:
        raise Refused(_("Le comité se prépare pendant l’évaluation de l’appel."))
    if call.sessions.standing().exists():
        raise Refused(_("La séance de cet appel est déjà préparée."))
    session = Session.objects.create(call=call, **values)
    seat(session, parts)
    build_agenda(session)
    messages.convened(session, session.members.select_related("user"))
    return session


@transaction.atomic
def revise(session, *, parts, actor, **values):
    """Change when, where and who, before the session opens; newcomers are told."""
    hold_prepared(session, actor)
    known = set(session.members.values_list("user", flat=True))
    session.members.all().delete()
    seat(session, parts)
    write(session, **values)
    told(session)
    fresh = session.members.exclude(user__in=known).select_related("user")
    messages.convened(session, fresh)
    return session


def hold_prepared(session, actor):
    hold(session)
    require(may.PREPARE, actor, session)
    if session.state != SessionState.PREPARED:
        raise Refused(_("La séance est ouverte ou close : sa préparation ne change plus."))


def seat(session, parts):
    check_parts(session, parts)
    Member.objects.bulk_create(
        Member(session=session, user=user, part=part) for user, part in parts.items()
    )


def check_parts(session, parts):
    """Somebody presides, enough may vote, and somebody of the bureau may close."""
    if Part.CHAIR not in parts.values():
        raise Refused(_("Choisissez qui préside la séance."))
    voters = sum(part != Part.SECRETARY for part in parts.values())
    if voters < session.quorum:
        raise Refused(
            _("Le quorum de %(quorum)d dépasse le nombre de membres qui votent (%(n)d).")
            % {"quorum": session.quorum, "n": voters}
        )
    bureau = [user for user, part in parts.items() if part in BUREAU]
    managers = Duty.objects.filter(
        programme=session.call.programme_id, role=Role.MANAGER, ended_at=None, user__in=bureau
    )
    if not managers.exists():
        raise Refused(
            _(
                "Une personne chargée de la gestion du programme préside ou tient le secrétariat : "
                "c’est elle qui clôt la séance et arrête le classement."
            )
        )


def invite_person(*, email, full_name):
    """The account of somebody from outside; a new one chooses its password by mail."""
    return account_of(email, full_name)


@transaction.atomic
def rebuild_agenda(session, *, actor):
    """Read the evaluations again: those handed in since have changed the order."""
    hold_prepared(session, actor)
    build_agenda(session)
    told(session)
    return session


def build_agenda(session):
    """Where the committee's time changes the outcome comes first; what was there is replaced."""
    call = session.call
    standing = standing_of(call)
    marks = marks_of(call)
    cases = {
        int(line.id): agenda.Case(
            dossier_id=int(line.id),
            rank=line.rank,
            zone=line.zone or "",
            p_funded=line.p_funded,
            marks=tuple(marks.get(int(line.id), ())),
        )
        for line in standing.ranked
    }
    scores = {int(line.id): score_of(line, call) for line in standing.ranked}
    session.items.all().delete()
    Item.objects.bulk_create(
        Item(
            session=session,
            dossier_id=case.dossier_id,
            position=position,
            because=because(case)[:300],
            rank=case.rank,
            score=scores[case.dossier_id],
            amount=most_for(standing.dossiers[case.dossier_id], call) or Decimal(0),
        )
        for position, case in enumerate(agenda.in_order(cases.values()), start=1)
    )
    return standing


def score_of(line, call):
    return places(line.raw if call.method == "raw" else line.calibrated)


@transaction.atomic
def cancel(session, *, actor):
    """Give a session up before it opens; the call may have another."""
    FLOW.take("cancel", session, actor=actor)
    messages.cancelled(session)
    return session
