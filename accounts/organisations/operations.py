from django.db import transaction
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from accounts.organisations import permissions as may
from accounts.organisations.models import Membership, Organisation


@transaction.atomic
def found(siret, *, actor, **facts):
    """Declare a company and become its owner. A company that has people lets them invite others."""
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
