from django.core.exceptions import PermissionDenied
from django.db import transaction


@transaction.atomic
def introduce(person, *, actor, **facts):
    """Change how somebody is named, reached and spoken to; only they themselves may."""
    if person != actor:
        raise PermissionDenied
    for name, value in facts.items():
        setattr(person, name, value)
    person.save(update_fields=list(facts))
    return person
