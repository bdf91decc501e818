"""The life of an appeal: answered once, or withdrawn. Silence is a date, not a state."""

from grants.appeals import permissions as may
from grants.appeals.states import State
from grants.core.flow import Flow, Step

FLOW = Flow(
    #    step        from       to            who
    Step("grant",    {State.FILED}, State.GRANTED,    may.ANSWER),
    Step("reject",   {State.FILED}, State.REJECTED,   may.ANSWER),
    Step("withdraw", {State.FILED}, State.WITHDRAWN,  may.WITHDRAW),
)  # fmt: skip
