"""An allocation is prepared, checked by another person, put to the vote, announced in one act."""

from grants.core.flow import Flow, Step
from grants.decisions import permissions as may
from grants.decisions.states import AllocationState as S
from grants.decisions.states import FeedbackState as F

FLOW = Flow(
    #    step         from                        to            who
    Step("propose",   {S.PREPARING},              S.TO_CHECK,   may.PREPARE),
    Step("send_back", {S.TO_CHECK, S.CHECKED},    S.PREPARING,  may.CHECK),
    Step("check",     {S.TO_CHECK},               S.CHECKED,    may.CHECK),
    Step("report",    {S.CHECKED},                S.REPORTED,   may.ANNOUNCE),
    Step("vote",      {S.REPORTED},               S.VOTED,      may.ANNOUNCE),
    Step("adjourn",   {S.REPORTED},               S.PREPARING,  may.ANNOUNCE),
    # A vote wrongly entered is entered again; what was announced stays.
    Step("reopen",    {S.VOTED},                  S.REPORTED,   may.ANNOUNCE),
    Step("announce",  {S.VOTED},                  S.ANNOUNCED,  may.ANNOUNCE),
)  # fmt: skip

# What an applicant will read is read over first; once sent with the decision it stays.
FEEDBACK = Flow(
    #    step       from           to           who
    Step("approve", {F.DRAFT},     F.APPROVED,  may.WRITE_FEEDBACK),
    Step("reopen",  {F.APPROVED},  F.DRAFT,     may.WRITE_FEEDBACK),
    Step("send",    {F.APPROVED},  F.SENT,      may.SEND_FEEDBACK),
)  # fmt: skip
