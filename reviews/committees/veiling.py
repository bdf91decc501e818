"""What members may know of the companies while the phase of their call names none.

Those who run the call know them all; a session sealed its minutes with the names it had heard.
"""

from reviews.committees import permissions as may
from reviews.phases.veil import for_readers


def as_known(items, session, user):
    """These items of one session, in place, each dossier as this person may know it."""
    if not may.staff.allows(user, session):
        known = for_readers([item.dossier for item in items])
        for item, dossier in zip(items, known, strict=True):
            item.dossier = dossier
    return items
