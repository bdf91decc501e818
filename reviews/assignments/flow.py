from grants.core.flow import Flow, Step
from reviews.assignments import permissions as may
from reviews.assignments.states import AssignmentState as S

FLOW = Flow(
    #    step      from        to          who
    Step("recuse", {S.ACTIVE}, S.RECUSED,  may.RECUSE),
    Step("remove", {S.ACTIVE}, S.REMOVED,  may.REMOVE),
    Step("set_aside", {S.ACTIVE}, S.RECUSED, may.SET_ASIDE),
    Step("restore", {S.RECUSED}, S.ACTIVE, may.REMOVE),
)  # fmt: skip
