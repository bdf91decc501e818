"""The life of a dossier."""

from grants.core.flow import Flow, Step
from grants.dossiers import permissions as may
from grants.dossiers.states import ALIVE, EDITABLE, State

FLOW = Flow(
    #    step              from                               to                  who
    Step("submit",         EDITABLE,                          State.SUBMITTED,    may.SUBMIT),
    Step("ask_completion", {State.SUBMITTED, State.IN_REVIEW}, State.INCOMPLETE,  may.SCREEN),
    # Asked for while experts read: the answer, or its absence, goes straight back to them.
    Step("complete",       {State.INCOMPLETE},                State.IN_REVIEW,    may.SUBMIT),
    Step("resume_review",  {State.INCOMPLETE},                State.IN_REVIEW,    may.SCREEN),
    Step("extend_completion", {State.INCOMPLETE},             State.INCOMPLETE,   may.SCREEN),
    Step("admit",          {State.SUBMITTED},                 State.ADMISSIBLE,   may.SCREEN),
    Step("reject",         {State.SUBMITTED, State.INCOMPLETE}, State.INADMISSIBLE, may.SCREEN),
    Step("start_review",   {State.ADMISSIBLE},                State.IN_REVIEW,    may.REVIEW),
    Step("rank",           {State.IN_REVIEW},                 State.RANKED,       may.DECIDE),
    Step("award",          {State.RANKED, State.RESERVE},     State.AWARDED,      may.DECIDE),
    Step("reserve",        {State.RANKED},                    State.RESERVE,      may.DECIDE),
    Step("refuse",         {State.RANKED, State.RESERVE},     State.REFUSED,      may.DECIDE),
    # The company renounces what it was awarded: the money comes back.
    Step("give_up",        {State.AWARDED},                   State.WITHDRAWN,    may.DECIDE),
    # A vote on an appeal gives what the first one did not.
    Step("award_on_appeal", {State.RESERVE, State.REFUSED},   State.AWARDED,      may.DECIDE),
    Step("withdraw",       ALIVE,                             State.WITHDRAWN,    may.WITHDRAW),
)  # fmt: skip
