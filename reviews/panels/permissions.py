"""For a call: its staff follow the ranking, a manager settles it.

What is measured of reviewers stays with those who answer for them. Where a committee is convened,
the end of its session settles the order, and nobody does it by hand.
"""

from django.db.models import Q

from accounts.access import Rule
from grants.programmes.models import Call
from grants.programmes.permissions import holds
from grants.programmes.states import Role

# Sessions of a committee that stand; told by name, the committees are a feature above.
STANDING = ("prepared", "open", "closed")
has_committee = Rule(
    lambda user, call: call.sessions.filter(state__in=STANDING).exists(),
    lambda user: Q(pk__in=Call.objects.filter(sessions__state__in=STANDING).values("pk")),
)
no_committee = Rule(
    lambda user, call: not has_committee.allows(user, call),
    lambda user: ~has_committee.rows(user),
)

SEE = holds(*Role, path="programme")
SETTLE = holds(Role.MANAGER, path="programme")
FREEZE = SETTLE & no_committee
WEIGH = holds(Role.OFFICER, Role.MANAGER, path="programme")
WATCH = holds(Role.OFFICER, Role.MANAGER, Role.AUDITOR, path="programme")
