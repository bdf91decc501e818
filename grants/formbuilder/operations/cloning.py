from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.formbuilder import permissions as may
from grants.formbuilder.models import FormVersion
from grants.formbuilder.operations.adopting import with_themes
from grants.programmes.models import Call
from grants.programmes.operations import create_call


@transaction.atomic
def clone_call(source, *, actor, at=None, **values):
    """Prepare a call from an earlier one: its programme, criteria, caps and published form.

    Retired questions stay behind; nothing of the earlier call changes.
    """
    require(may.CLONE, actor, source)
    if Call.objects.filter(code=values["code"]).exists():
        raise Refused(_("Le code « %(code)s » est déjà pris.") % {"code": values["code"]})
    call = create_call(source.programme, actor=actor, copied_from=source, **values)
    published = source.forms.published().first()
    if published is not None:
        themes = [list(pair) for pair in source.programme.themes.values_list("key", "name")]
        definition = with_themes(published.definition, themes)
        FormVersion.objects.create(
            call=call, definition=definition, published_at=at or timezone.now(), revised_by=actor
        )
    return call
