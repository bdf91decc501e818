"""Which call the cockpit shows, and what the person watching it is there for."""

from dataclasses import dataclass

from grants.programmes.models import Call
from grants.programmes.permissions import duties_of
from grants.programmes.states import PUBLISHED, CallState, Role

RUNNING = PUBLISHED - {CallState.DECIDED}


@dataclass(frozen=True)
class Watch:
    """A call among those somebody follows, with the roles held on its programme."""

    user_id: int
    calls: list[Call]
    call: Call | None
    roles: frozenset[str]

    @property
    def screens(self):
        return bool(self.roles & {Role.OFFICER, Role.MANAGER})

    @property
    def manages(self):
        return Role.MANAGER in self.roles

    @property
    def counts_money(self):
        return bool(self.roles & {Role.FINANCE, Role.MANAGER})

    @property
    def only_reads(self):
        return not (self.screens or self.counts_money)

    @property
    def money_first(self):
        return self.counts_money and not self.screens


def watch_of(user, *, asked, now):
    """None for somebody without any duty; the call asked for must be one of theirs."""
    duties = duties_of(user)
    if not duties:
        return None
    calls = list(Call.objects.followed_by(user).for_list())
    call = chosen(calls, asked, now)
    roles = {role for programme, role in duties if call and programme == call.programme_id}
    return Watch(user.pk, calls, call, frozenset(roles))


def chosen(calls, asked, now):
    """Without a wish: the latest call that runs, else the latest of all."""
    if asked:
        return next((call for call in calls if str(call.pk) == asked), None)
    running = [call for call in calls if call.state in RUNNING and call.opens_at <= now]
    return next(iter([*running, *calls]), None)
