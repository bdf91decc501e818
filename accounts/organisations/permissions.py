"""Who acts for an organisation: WRITER roles may change things in its name, READER may look."""

from django.db.models import Q

from accounts.access import Rule, follow

WRITING = ("owner", "writer")
READING = (*WRITING, "reader")


def member(path="", roles=READING):
    """The user currently belongs, in one of `roles`, to the organisation found under `path`."""
    return Rule(
        lambda user, obj: (
            memberships(user, roles)
            .filter(organisation=follow(obj, path) if path else obj)
            .exists()
        ),
        lambda user: Q(**{f"{path or 'pk'}__in": memberships(user, roles).values("organisation")}),
    )


def memberships(user, roles):
    return user.memberships.filter(left_at=None, role__in=roles)


SEE = member()
EDIT = member(roles=WRITING)
