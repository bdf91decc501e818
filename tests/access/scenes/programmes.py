from tests.access.cast import Cast


def no_object(state):
    return Cast(), [], {}


def programme(state):
    cast = Cast()
    return cast, [cast.programme.pk], {}


def call(state):
    cast = Cast(call_state=state)
    return cast, [cast.call.pk], {}


def criteria(state):
    """A post of nothing but the formset's own counters: nobody's criteria change."""
    cast, args, _fields = call(state)
    return cast, args, {"form-TOTAL_FORMS": "", "form-INITIAL_FORMS": ""}


SCENES = {
    "programmes:calls": no_object,
    "programmes:programme": programme,
    "programmes:edit_programme": programme,
    "programmes:new_call": programme,
    "programmes:call": call,
    "programmes:edit_call": call,
    "programmes:criteria": criteria,
    "programmes:sharing": call,
    "programmes:draw": call,
    "programmes:open": call,
    "programmes:start_review": call,
}
