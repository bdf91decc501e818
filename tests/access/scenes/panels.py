from tests.access.cast import Cast
from tests.factories import make_evaluation


def call(state):
    cast = Cast(call_state=state, dossier_state="in_review")
    make_evaluation(assignment=cast.assignment, submitted=True)
    return cast, [cast.call.pk], {}


SCENES = {
    "panels:ranking": call,
    "panels:methods": call,
    "panels:severity": call,
    "panels:fairness": call,
    "panels:fairness_csv": call,
    "panels:settle": call,
}
