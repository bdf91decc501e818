"""The life of a call."""

from grants.core.flow import Flow, Step
from grants.programmes import permissions as may
from grants.programmes.states import CallState

FLOW = Flow(
    #    step            from                  to                   who
    Step("open",         {CallState.DRAFT},     CallState.OPEN,      may.OPEN),
    Step("start_review", {CallState.OPEN},      CallState.REVIEWING, may.CLOSE),
    Step("rank",         {CallState.REVIEWING}, CallState.RANKED,    may.CLOSE),
    Step("conclude",     {CallState.RANKED},    CallState.DECIDED,   may.CLOSE),
)  # fmt: skip
