"""Who acts for an organisation: WRITER roles may change things in its name, READER may look."""

from django.db.models import Q

from accounts.access import Rule, follow, rights_of

WRITING = ("owner", "writer")
READING = (*WRITING, "reader")


def member(path="", roles=READING):
    """The user currently belongs, in one of `roles`, to the organisation found under `path`."""

    def allows(user, obj):
        organisation = follow(obj, path) if path else obj
        rights = rights_of(user)
        if rights is None:
            return memberships(user, roles).filter(organisation=organisation).exists()
        return organisation.pk in rights.organisations(roles)

    return Rule(allows, lambda user: Q(**{f"{path or 'pk'}__in": organisations_of(user, roles)}))


def organisations_of(user, roles):
    rights = rights_of(user)
    if rights is None:
        return memberships(user, roles).values("organisation")
    return rights.organisations(roles)


def representative(path=""):
    """The user engages by law, today, the organisation found under `path`."""

    def named(user):
        return user.memberships.filter(left_at=None).exclude(legal_title="")

    return Rule(
        lambda user, obj: (
            named(user).filter(organisation=follow(obj, path) if path else obj).exists()
        ),
        lambda user: Q(**{f"{path or 'pk'}__in": named(user).values("organisation")}),
    )


def memberships(user, roles):
    return user.memberships.filter(left_at=None, role__in=roles)


SEE = member()
EDIT = member(roles=WRITING)
