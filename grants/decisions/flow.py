"""An allocation is prepared by one person, checked by another, then announced in one act."""

from grants.core.flow import Flow, Step
from grants.decisions import permissions as may
from grants.decisions.states import AllocationState as S

FLOW = Flow(
    #    step         from                        to            who
    Step("propose",   {S.PREPARING},              S.TO_CHECK,   may.PREPARE),
    Step("send_back", {S.TO_CHECK, S.CHECKED},    S.PREPARING,  may.CHECK),
    Step("check",     {S.TO_CHECK},               S.CHECKED,    may.CHECK),
    Step("announce",  {S.CHECKED},                S.ANNOUNCED,  may.ANNOUNCE),
)  # fmt: skip
