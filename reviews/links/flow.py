from grants.core.flow import Flow, Step
from reviews.links import permissions as may
from reviews.links.states import LinkState as S

FLOW = Flow(
    #    step       from                    to           who
    Step("confirm", {S.OPEN, S.LIFTED},     S.CONFIRMED, may.SETTLE),
    Step("lift",    {S.OPEN, S.CONFIRMED},  S.LIFTED,    may.SETTLE),
    Step("reopen",  {S.LIFTED},             S.OPEN,      may.NOTICE),
)  # fmt: skip
