from collections import defaultdict

from django.db.models import Q
from django.urls import reverse

from accounts.notifications.operations import notify
from accounts.people.models import User
from grants.programmes.states import Role


def ledger_differs(differences):
    """Tell those who run each programme, and the administrators, which totals are wrong."""
    of_programme = defaultdict(list)
    for difference in differences:
        of_programme[difference.envelope.programme].append(difference)
    for programme, found in of_programme.items():
        running = Q(duties__programme=programme, duties__role=Role.MANAGER, duties__ended_at=None)
        notify(
            User.objects.filter(Q(is_superuser=True) | running, is_active=True).distinct(),
            "ledger_differs",
            link=reverse("funding:envelope", args=[found[0].envelope.pk]),
            programme=programme,
            found=found,
        )
