from tests.access.cast import Cast


def call(state):
    cast = Cast(call_state=state)
    return cast, [cast.call.pk], {}


def section(state):
    cast, args, fields = call(state)
    return cast, [*args, "projet"], fields


def question(state):
    cast, args, fields = call(state)
    return cast, [*args, "summary"], fields


def one_line(state):
    cast, args, _fields = call(state)
    return cast, args, {"key": "summary", "way": "up"}


SCENES = {
    "formbuilder:form": call,
    "formbuilder:adopt": call,
    "formbuilder:preview": call,
    "formbuilder:sample": call,
    "formbuilder:versions": call,
    "formbuilder:new_section": call,
    "formbuilder:section": section,
    "formbuilder:new_question": call,
    "formbuilder:question": question,
    "formbuilder:move": one_line,
    "formbuilder:remove": one_line,
    "formbuilder:restore": one_line,
    "formbuilder:publish": call,
    "formbuilder:discard": call,
    "formbuilder:clone": call,
}
