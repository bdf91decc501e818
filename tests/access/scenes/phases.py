from datetime import timedelta

from django.utils import timezone

from tests.access.cast import Cast
from tests.factories import make_phase


def call(state):
    cast = Cast(call_state=state)
    phase = make_phase(cast.call, may_score=True)
    end = timezone.localtime(phase.closes_at + timedelta(days=1))
    return cast, [cast.call.pk], {"setup": "open", "end_0": f"{end:%Y-%m-%dT%H:%M}"}


SCENES = {"phases:call": call, "phases:set_up": call, "phases:move": call}
