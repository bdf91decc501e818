from django.db import transaction

from accounts.access import require
from grants.core.flow import write
from grants.dossiers import permissions as may
from grants.dossiers.holding import hold


@transaction.atomic
def acknowledge_form(dossier, *, actor):
    """What changed in the form has been read: the page stops telling it."""
    hold(dossier)
    require(may.EDIT, actor, dossier)
    if dossier.form_before_id is not None:
        write(dossier, form_before=None)
    return dossier
