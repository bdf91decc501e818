"""Django's door: imports the models of each feature and contains nothing else."""

from accounts.notifications.models import Letter, Notification, StoredMail
from accounts.organisations.models import Membership, Organisation
from accounts.people.models import User
from accounts.teams.models import Invitation

__all__ = [
    "Invitation",
    "Letter",
    "Membership",
    "Notification",
    "Organisation",
    "StoredMail",
    "User",
]
