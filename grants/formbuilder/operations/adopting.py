from copy import deepcopy

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.core.flow import lock
from grants.formbuilder.models import FormVersion
from grants.formbuilder.starter import standard_form
from grants.programmes import permissions as programmes_may


@transaction.atomic
def adopt_form(call, *, actor, at=None):
    """Give a call in preparation the form of the programme's last call, or the standard one.

    The form is published with it: from here on a correction is a new version.
    """
    lock(call)
    require(programmes_may.EDIT, actor, call)
    if call.forms.exists():
        raise Refused(_("Cet appel a déjà son formulaire."))
    return FormVersion.objects.create(
        call=call, definition=definition_to_copy(call), published_at=at or timezone.now()
    )


def definition_to_copy(call):
    last = (
        FormVersion.objects.filter(call__programme=call.programme_id, published_at__isnull=False)
        .order_by("-call__opens_at", "-number")
        .first()
    )
    themes = [list(pair) for pair in call.programme.themes.values_list("key", "name")]
    return with_themes(last.definition, themes) if last else standard_form(themes)


def with_themes(definition, themes):
    """The themes of the programme may have changed since the last call."""
    copy = deepcopy(definition)
    copy.pop("retired", None)
    for section in copy["sections"]:
        for question in section["questions"]:
            if question.get("fact") == "theme":
                question["choices"] = themes
    return copy
