"""Acts on the rules and wishes a proposal starts from. None of them touches a reading given."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from reviews.assignments import permissions as may
from reviews.assignments.rules import AssignmentRules, SeatRule, Wish


@transaction.atomic
def set_rules(call, *, per_house, per_profile, actor, at=None):
    """The next proposals keep to these rules; readings already given stay."""
    require(may.PLAN, actor, call)
    rules, _new = AssignmentRules.objects.update_or_create(
        call=call,
        defaults={
            "per_house": per_house,
            "per_profile": per_profile,
            "set_by": actor,
            "set_at": at or timezone.now(),
        },
    )
    return rules


@transaction.atomic
def set_seat(seat, *, least, profile, actor):
    """How many readings this expert is promised, and what they bring to the mix."""
    require(may.PLAN, actor, seat.call)
    if least > seat.capacity:
        raise Refused(
            _("%(expert)s ne peut recevoir que %(n)d dossiers au plus.")
            % {"expert": seat.expert, "n": seat.capacity}
        )
    rule, _new = SeatRule.objects.update_or_create(
        seat=seat, defaults={"least": least, "profile": profile}
    )
    return rule


@transaction.atomic
def wish(dossier, expert, *, kind, reason, actor, at=None):
    """Want or refuse a pair in every proposal; said again, it replaces what was said before."""
    require(may.PLAN, actor, dossier.call)
    given = dossier.assignments.active().filter(expert=expert)
    if kind == Wish.Kind.REFUSED and given.exists():
        raise Refused(_("%(expert)s lit déjà ce dossier : retirez-le-lui.") % {"expert": expert})
    linked = dossier.interests.filter(expert=expert).exclude(kind="none")
    if kind == Wish.Kind.WANTED and linked.exists():
        raise Refused(_("%(expert)s a un lien avec l’entreprise.") % {"expert": expert})
    said, _new = Wish.objects.update_or_create(
        dossier=dossier,
        expert=expert,
        defaults={"kind": kind, "reason": reason, "set_by": actor, "set_at": at or timezone.now()},
    )
    return said


@transaction.atomic
def lift(said, *, actor):
    """Leave the pair to the calculation again; the history keeps what was asked."""
    require(may.PLAN, actor, said.dossier.call)
    said.delete()
