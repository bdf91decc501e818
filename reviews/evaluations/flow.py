from grants.core.flow import Flow, Step
from reviews.evaluations import permissions as may
from reviews.evaluations.states import EvaluationState as S

FLOW = Flow(
    #    step      from           to            who
    Step("submit", {S.DRAFT},     S.SUBMITTED,  may.SUBMIT),
    Step("reopen", {S.SUBMITTED}, S.DRAFT,      may.REOPEN),
)  # fmt: skip
