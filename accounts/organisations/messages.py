"""What the people of a company are told about it."""

from accounts.notifications.operations import notify


def checked(organisation):
    """Silent when the register agrees: good news needs no letter."""
    differences = organisation.differences
    if organisation.is_active and not differences:
        return []
    people = [membership.user for membership in organisation.people()]
    return notify(
        people,
        "company_checked",
        link=organisation.get_absolute_url(),
        organisation=organisation,
        differences=differences,
    )
