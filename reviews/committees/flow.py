"""A session is prepared, held, closed once; each dossier of its agenda is discussed and settled."""

from grants.core.flow import Flow, Step
from reviews.committees import permissions as may
from reviews.committees.states import ItemState as I
from reviews.committees.states import SessionState as S

FLOW = Flow(
    #    step      from           to            who
    Step("open",   {S.PREPARED},  S.OPEN,       may.LEAD),
    Step("close",  {S.OPEN},      S.CLOSED,     may.CLOSE),
    Step("cancel", {S.PREPARED},  S.CANCELLED,  may.PREPARE),
)  # fmt: skip

ITEM_FLOW = Flow(
    #    step           from                     to            who
    Step("call_up",     {I.WAITING, I.SETTLED},  I.DISCUSSED,  may.LEAD_ITEM),
    Step("set_aside",   {I.DISCUSSED},           I.WAITING,    may.LEAD_ITEM),
    Step("put_to_vote", {I.DISCUSSED},           I.VOTING,     may.LEAD_ITEM),
    Step("stop_vote",   {I.VOTING},              I.DISCUSSED,  may.LEAD_ITEM),
    Step("settle",      {I.VOTING},              I.SETTLED,    may.LEAD_ITEM),
    Step("agree",       {I.DISCUSSED},           I.SETTLED,    may.LEAD_ITEM),
)  # fmt: skip
