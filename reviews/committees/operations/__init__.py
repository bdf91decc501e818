"""A session: prepared, held, voted, closed."""

from reviews.committees.operations.closing import close
from reviews.committees.operations.holding import (
    arrive,
    call_up,
    leave,
    open_session,
    remark,
    set_aside,
    withdraw,
)
from reviews.committees.operations.preparing import (
    cancel,
    invite_person,
    plan,
    rebuild_agenda,
    revise,
)
from reviews.committees.operations.voting import agree, cast, put_to_vote, settle, stop_vote

__all__ = [
    "agree",
    "arrive",
    "call_up",
    "cancel",
    "cast",
    "close",
    "invite_person",
    "leave",
    "open_session",
    "plan",
    "put_to_vote",
    "rebuild_agenda",
    "remark",
    "revise",
    "set_aside",
    "settle",
    "stop_vote",
    "withdraw",
]
