from reviews.committees.views.items import (
    agree,
    call_up,
    cast,
    put_to_vote,
    remark,
    set_aside,
    settle,
    stop_vote,
    withdraw,
)
from reviews.committees.views.preparing import cancel, list, plan, rebuild, revise
from reviews.committees.views.reading import document, minutes, reading
from reviews.committees.views.room import arrive, close, leave, open, pulse, room

__all__ = [
    "agree",
    "arrive",
    "call_up",
    "cancel",
    "cast",
    "close",
    "document",
    "leave",
    "list",
    "minutes",
    "open",
    "plan",
    "pulse",
    "put_to_vote",
    "reading",
    "rebuild",
    "remark",
    "revise",
    "room",
    "set_aside",
    "settle",
    "stop_vote",
    "withdraw",
]
