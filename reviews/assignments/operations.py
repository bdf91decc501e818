from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.dossiers.flow import FLOW as DOSSIERS
from grants.dossiers.states import REVIEWABLE, State
from grants.programmes.models import Call
from grants.programmes.states import CallState
from reviews.assignments import messages
from reviews.assignments import permissions as may
from reviews.assignments.affinity import affinity
from reviews.assignments.flow import FLOW
from reviews.assignments.models import Assignment
from reviews.assignments.proposal import propose, why
from reviews.assignments.rules import house_limit
from reviews.assignments.setting_aside import set_aside, shut
from reviews.assignments.statement import house_of
from reviews.experts.models import Interest
from reviews.links.finding import find

Kind, Origin = Interest.Kind, Interest.Origin


class Changed(Refused):
    """The proposal agreed to is no longer the one the data give."""


@transaction.atomic
def apply(call, *, digest, actor, at=None):
    """Give the dossiers out as the proposal said, if it still says so; all of it or nothing."""
    require(may.PLAN, actor, call)
    call = hold(call)
    if call.state != CallState.REVIEWING:
        raise Refused(_("Lancez d’abord l’évaluation de l’appel : elle en ferme le dépôt."))
    proposal = propose(call)
    if proposal.problem is None:
        raise Changed(_("Chaque dossier a déjà ses lecteurs : rien n’a été changé."))
    if proposal.digest != digest:
        raise Changed(
            _(
                "Un dossier, un expert ou un lien d’intérêt a changé depuis cette proposition. "
                "Rien n’a été affecté : voici la nouvelle."
            )
        )
    if not proposal.is_possible:
        raise Refused(_("Aucune affectation complète n’existe : rien n’a été affecté."))
    for found in proposal.situation.detected:
        set_aside(found, actor=actor)
    for assignment in proposal.moved:
        take_back(assignment, _("Autre répartition, avant l’ouverture du dossier."), actor)
    given = Assignment.objects.bulk_create(
        new_row(choice.dossier, choice.expert, choice.because, call, actor, at)
        for choice in proposal.new
    )
    for dossier in {choice.dossier.pk: choice.dossier for choice in proposal.new}.values():
        start_review(dossier, actor=actor)
    return given


def hold(call):
    """Keep everybody else who gives, takes or closes readings of this call waiting."""
    return Call.objects.select_for_update(no_key=True).get(pk=call.pk)


def new_row(dossier, expert, because, call, actor, at=None):
    levels = {known.theme_id: known.level for known in expert.expertise.all()}
    return Assignment(
        dossier=dossier,
        expert=expert,
        affinity=affinity(levels, dossier.theme_id),
        because=because[:300],
        due_at=call.reviews_due_at,
        assigned_by=actor,
        assigned_at=at or timezone.now(),
    )


def start_review(dossier, *, actor):
    """A dossier is in review from its first reader on."""
    if dossier.state == State.ADMISSIBLE:
        DOSSIERS.take("start_review", dossier, actor=actor)


@transaction.atomic
def add(dossier, expert, *, actor, at=None):
    """Give one dossier to one expert by hand, under the same rules as the proposal."""
    require(may.PLAN, actor, dossier.call)
    call = hold(dossier.call)
    dossier.refresh_from_db()
    if call.state != CallState.REVIEWING or dossier.state not in REVIEWABLE:
        raise Refused(_("Ce dossier n’est pas en évaluation."))
    load = given_in(call, expert)
    seat = check_reader(dossier, expert, call, load)
    check_links(dossier, expert)
    reasons = why(dossier, expert, load=load + 1, capacity=seat.capacity)
    because = _("Choisi par %(officer)s. %(reasons)s") % {"officer": actor, "reasons": reasons}
    assignment = new_row(dossier, expert, because, call, actor, at)
    assignment.save()
    start_review(dossier, actor=actor)
    return assignment


def check_reader(dossier, expert, call, load):
    """The seat of an expert who may be given this dossier now, or why they may not."""
    seat = call.seats.usable().filter(expert=expert).first()
    if seat is None:
        raise Refused(_("%(expert)s n’a pas signé l’engagement.") % {"expert": expert})
    conflicts = Interest.objects.filter(dossier=dossier, expert=expert).exclude(kind=Kind.NONE)
    if conflicts.exists():
        raise Refused(_("%(expert)s a un lien avec l’entreprise.") % {"expert": expert})
    readers = [a.expert for a in dossier.assignments.active().select_related("expert__user")]
    if expert in readers:
        raise Refused(_("%(expert)s lit déjà ce dossier.") % {"expert": expert})
    alike = sum(house_of(reader) == house_of(expert) for reader in readers)
    if alike >= house_limit(call):
        raise Refused(_("Un lecteur de ce dossier vient déjà du même organisme."))
    if load >= seat.capacity:
        raise Refused(
            _("%(expert)s a déjà %(n)d dossiers : augmentez d’abord leur nombre.")
            % {"expert": expert, "n": load}
        )
    return seat


def check_links(dossier, expert):
    """What the data say counts as a link until an officer has judged it."""
    for found in find([dossier], [expert]):
        raise Refused(
            _("%(expert)s a un lien repéré avec l’entreprise, à régler d’abord. %(told)s")
            % {"expert": expert, "told": found.text}
        )


def given_in(call, expert):
    return Assignment.objects.active().filter(dossier__call=call, expert=expert).count()


@transaction.atomic
def remove(assignment, *, reason, actor):
    """Take a dossier back from a reader who has not handed in; what they wrote is kept, unread."""
    hold(assignment.dossier.call)
    if Assignment.objects.filter(pk=assignment.pk, evaluation__state="submitted").exists():
        raise Refused(
            _("Cette évaluation est remise : elle compte, son lecteur ne peut être retiré.")
        )
    take_back(assignment, reason, actor)
    return assignment


def take_back(assignment, reason, actor):
    FLOW.take("remove", assignment, actor=actor, reason=reason)
    messages.removed(assignment, reason)


@transaction.atomic
def declare_interest(expert, dossier, *, kind, actor, text="", because=""):
    """Say that an expert has a link with a dossier, or none. A link closes the dossier at once."""
    hold(dossier.call)
    assignment = Assignment.objects.active().filter(expert=expert, dossier=dossier).first()
    if actor == expert.user:
        if assignment is None:
            raise Refused(_("Ce dossier ne vous est pas confié."))
        require(may.DECLARE, actor, assignment)
        return record(expert, dossier, kind, text, Origin.DECLARED, actor)
    require(may.PLAN, actor, dossier.call)
    if kind == Kind.NONE:
        raise Refused(_("Seul l’expert peut déclarer qu’il n’a pas de lien."))
    return record(expert, dossier, kind, text, Origin.OFFICER, actor, because)


def record(expert, dossier, kind, text, origin, actor, because=""):
    """Write the declaration; a conflict first takes the dossier out of the expert's hands."""
    known = Interest.objects.filter(expert=expert, dossier=dossier).first()
    if known is not None and known.is_conflict and kind == Kind.NONE:
        raise Refused(_("Un lien est déjà enregistré : écrivez au service de l’appel."))
    closed = [] if kind == Kind.NONE else shut(expert, dossier, "recuse", because or text, actor)
    interest, _is_new = Interest.objects.update_or_create(
        expert=expert,
        dossier=dossier,
        defaults={
            "kind": kind,
            "text": text,
            "because": because,
            "origin": origin,
            "declared_by": actor,
            "declared_at": timezone.now(),
        },
    )
    for assignment in closed:
        messages.recused(assignment, interest)
    return interest
