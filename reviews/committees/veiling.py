"""What members may know of the companies while the phase of their call names none.

Those who run the call know them all; a session sealed its minutes with the names it had heard.
"""

from reviews.committees import permissions as may
from reviews.phases.models import grants
from reviews.phases.rights import NAME_APPLICANTS
from reviews.phases.veil import names_in, veiled


def with_veil(items):
    """Each of them told whether its company may be named now."""
    return items.annotate(names_applicants=grants(NAME_APPLICANTS, "session__call"))


def as_known(items, session, user):
    """These items (`with_veil`) of one session, in place, as this person may know each dossier."""
    hidden = [item for item in items if not item.names_applicants]
    if hidden and not may.staff.allows(user, session):
        names = names_in([item.dossier for item in hidden])
        for item in hidden:
            item.dossier = veiled(item.dossier, names[item.dossier_id])
    return items
