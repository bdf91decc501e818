from grants.decisions.feedback import Feedback, FeedbackPart
from grants.programmes.states import Role
from reviews.feedback import operations
from reviews.panels.operations import settle
from tests.access.cast import Cast
from tests.factories import make_evaluation, make_staff


def settled(state):
    cast = Cast(call_state="reviewing", dossier_state="in_review")
    texts = {"strengths": "Solide.", "weaknesses": "Cher."}
    make_evaluation(assignment=cast.assignment, submitted=True, **texts)
    cast.clerk = make_staff(cast.programme, Role.MANAGER)
    settle(cast.call, actor=cast.clerk)
    return cast


def call(state):
    cast = settled(state)
    return cast, [cast.call.pk], {}


def feedback(state):
    cast = settled(state)
    operations.prepare(cast.call, actor=cast.clerk)
    found = Feedback.objects.get(dossier=cast.dossier)
    part = FeedbackPart.objects.filter(feedback=found, criterion=None).get()
    if state == "approved":
        operations.approve(found, actor=cast.clerk)
    return cast, [found.pk], {"field": f"strengths-{part.pk}", "value": "Solide."}


SCENES = {
    "feedback:overview": call,
    "feedback:prepare": call,
    "feedback:edit": feedback,
    "feedback:save": feedback,
    "feedback:keep": feedback,
    "feedback:approve": feedback,
    "feedback:reopen": feedback,
}
