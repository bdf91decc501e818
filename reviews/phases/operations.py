from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.core.flow import lock, write
from grants.core.wording import day
from reviews.phases import permissions as may
from reviews.phases.models import Phase
from reviews.phases.rights import KEYS
from reviews.phases.setups import BY_KEY, Calendar, planned


def calendar_of(call):
    """Days begin at midnight, in Paris; the committee decides until the end of the last one."""
    return Calendar(
        closes_at=call.closes_at,
        reviews_due_at=call.reviews_due_at,
        committee_at=midnight(call.committee_on),
        decided_at=midnight(call.decision_on + timedelta(days=1)),
    )


def midnight(on):
    return timezone.make_aware(datetime.combine(on, time.min))


def drafts_of(call, setup):
    """The phases this set-up would give, not saved."""
    return [
        Phase(
            call=call,
            rank=rank,
            name=str(phase.name),
            opens_at=phase.opens_at,
            closes_at=phase.closes_at,
            setup=setup.key,
            **{key: key in phase.rights for key in KEYS},
        )
        for rank, phase in enumerate(planned(setup, calendar_of(call)))
    ]


def has_drifted(call, phases):
    """The calendar of the call changed since its phases were dated from it."""
    if not phases:
        return False
    fresh = drafts_of(call, BY_KEY[phases[0].setup])
    return [(p.opens_at, p.closes_at) for p in fresh] != [(p.opens_at, p.closes_at) for p in phases]


@transaction.atomic
def set_up(call, setup_key, *, actor):
    """Give a call in preparation one of the ready-made ways to be read; an empty key: none."""
    lock(call)
    require(may.manager, actor, call)
    if not may.SET_UP.allows(actor, call):
        raise Refused(_("L’appel est publié : ses phases ne changent plus, seulement leurs dates."))
    if setup_key and setup_key not in BY_KEY:
        raise Refused(_("Choisissez l’une des trois façons de lire, ou aucune."))
    call.phases.all().delete()
    if setup_key:
        Phase.objects.bulk_create(drafts_of(call, BY_KEY[setup_key]))
    return call


@transaction.atomic
def move(call, ends, *, actor, at=None):
    """Move the ends of the phases of a published call; each begins where the last one ended.

    `ends` gives the instant each phase ends, in order. What has ended stays as it was.
    """
    at = at or timezone.now()
    lock(call)
    require(may.manager, actor, call)
    if not may.MOVE.allows(actor, call):
        raise Refused(_("Les phases de cet appel sont closes : leurs dates ne changent plus."))
    phases = list(call.phases.select_for_update())
    if len(ends) != len(phases):
        raise Refused(_("Donnez une date de fin à chaque phase."))
    opens_at = phases[0].opens_at if phases else None
    for phase, ends_at in zip(phases, ends, strict=True):
        if phase.closes_at <= at and ends_at != phase.closes_at:
            raise Refused(_("La phase « %(name)s » est finie.") % {"name": phase.name})
        if ends_at <= opens_at:
            raise Refused(
                _("La phase « %(name)s » doit finir après avoir commencé.") % {"name": phase.name}
            )
        if (phase.opens_at, phase.closes_at) != (opens_at, ends_at):
            write(phase, opens_at=opens_at, closes_at=ends_at)
        opens_at = ends_at
    return phases


def require_right(call, right):
    """Stop with a sentence unless the phase of the moment gives this right."""
    if may.calls_giving(right).filter(pk=call.pk).exists():
        return
    raise Refused(why_not(call, right))


def why_not(call, right):
    now = timezone.now()
    coming = call.phases.filter(opens_at__gt=now, **{right: True}).first()
    current = call.phases.current(now).first()
    values = {
        "phase": current.name if current else "",
        "next": coming.name if coming else "",
        "day": day(timezone.localdate(coming.opens_at)) if coming else "",
    }
    return SENTENCES[bool(current), bool(coming)]() % values


SENTENCES = {
    (True, True): lambda: _(
        "La phase « %(phase)s » ne le permet pas. Ce sera possible à partir du %(day)s, "
        "pendant « %(next)s »."
    ),
    (True, False): lambda: _("La phase « %(phase)s » ne le permet pas, ni aucune qui la suit."),
    (False, True): lambda: _("Ce sera possible à partir du %(day)s, pendant « %(next)s »."),
    (False, False): lambda: _("Les phases de cet appel sont finies."),
}
