from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from accounts.notifications.broker import broker
from accounts.organisations import messages, register
from accounts.organisations import permissions as may
from accounts.organisations.models import Membership, Organisation

CHECK = "accounts.organisations.tasks.check"
MOST_CHECKS = 40
SWEEP = 50
RETRY, RETRY_AT_MOST = timedelta(minutes=2), timedelta(hours=6)
# A company the register does not know may have been created yesterday.
UNKNOWN_AGAIN = timedelta(days=1)
# Taken by a sweep, a company rests this long, or the next sweep would ask again.
TAKEN_FOR = timedelta(minutes=10)


@transaction.atomic
def found(siret, *, actor, told=None, **facts):
    """Declare a company and become its owner. A company that has people lets them invite others.

    `told` is what the register just said of it; without, it is asked later.
    """
    organisation, is_new = Organisation.objects.get_or_create(siret=siret, defaults=facts)
    if not is_new:
        # Two founders at once: the second waits here, then finds the first.
        organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
        if may.SEE.allows(actor, organisation):
            return organisation
        if organisation.memberships.filter(left_at=None).exists():
            raise Refused(
                _(
                    "Cette entreprise a déjà un responsable sur la plateforme. "
                    "Le service qui suit l’appel peut vous mettre en relation."
                )
            )
        state(organisation, facts)
    Membership.objects.create(organisation=organisation, user=actor, role=Membership.Role.OWNER)
    if told is None:
        ask_for_check(organisation)
    else:
        state(organisation, columns_of(told, timezone.now()))
    return organisation


@transaction.atomic
def correct(organisation, *, actor, **facts):
    """Change the declared facts of a company; its history keeps what was said before."""
    require(may.EDIT, actor, organisation)
    state(organisation, facts)
    return organisation


def state(organisation, facts):
    for name, value in facts.items():
        setattr(organisation, name, value)
    organisation.save(update_fields=list(facts))


def ask_for_check(organisation, *, at=None):
    """Have the register asked after commit; a lost message is found by the sweep."""
    if organisation.verified_at is None:
        state(organisation, {"next_check_at": at or timezone.now(), "checks": 0})
        transaction.on_commit(lambda: broker.hand_over(CHECK, organisation.pk))


def take_to_check(at):
    """The companies to ask about now; the next sweep leaves them alone for a while."""
    with transaction.atomic():
        due = Organisation.objects.to_check(at).select_for_update(skip_locked=True)
        taken = list(due.values_list("pk", flat=True)[:SWEEP])
        Organisation.objects.filter(pk__in=taken).update(next_check_at=at + TAKEN_FOR)
    return taken


def check(organisation_id, *, at=None):
    """Ask the register, then write what it said; nothing stated by people is overwritten.

    The register is asked without a lock; the answer is written under it, once.
    """
    at = at or timezone.now()
    organisation = Organisation.objects.filter(pk=organisation_id, verified_at=None).first()
    if organisation is None or organisation.next_check_at is None:
        return
    try:
        told = register.find(organisation.siret)
    except register.Unavailable:
        postpone(organisation_id, at)
    else:
        receive(organisation_id, told, at)


@transaction.atomic
def receive(organisation_id, told, at):
    """Keep the register's word beside the people's; fill only what they left empty."""
    organisation = held(organisation_id)
    if organisation is None:
        return
    before = organisation.standing
    if told is None:
        again = organisation.checks + 1 < MOST_CHECKS
        state(
            organisation,
            {
                "standing": Organisation.Standing.UNKNOWN,
                "checks": organisation.checks + 1,
                "next_check_at": at + UNKNOWN_AGAIN if again else None,
            },
        )
    else:
        state(organisation, {**columns_of(told, at), **empty_ones(organisation, told)})
    if organisation.standing != before:
        messages.checked(organisation)


@transaction.atomic
def postpone(organisation_id, at):
    """Wait longer after each failure; never give up while the register may come back."""
    organisation = held(organisation_id)
    if organisation is not None:
        wait = min(RETRY * 2 ** min(organisation.checks, 8), RETRY_AT_MOST)
        checks = min(organisation.checks + 1, MOST_CHECKS)
        state(organisation, {"checks": checks, "next_check_at": at + wait})


def held(organisation_id):
    rows = Organisation.objects.select_for_update()
    return rows.filter(pk=organisation_id, verified_at=None).first()


def columns_of(told, at):
    """What an answer of the register makes of a company."""
    standing = Organisation.Standing.OPEN if told.is_open else Organisation.Standing.CLOSED
    return {
        "standing": standing,
        "register": told.as_json(),
        "verified_at": at,
        "next_check_at": None,
    }


def empty_ones(organisation, told):
    names = ("address", "city", "activity", "legal_form", "registered_on", "department")
    return {
        name: getattr(told, name)
        for name in names
        if getattr(organisation, name) in ("", None) and getattr(told, name)
    }
