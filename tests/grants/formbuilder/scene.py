"""A published call with a small form, its manager, and what a manager's page sends back."""

from grants.formbuilder.building import digest, find_question, find_section
from grants.programmes.states import Role
from tests.factories import make_call, make_programme, make_staff

FORM = {
    "sections": [
        {
            "key": "projet",
            "title": "Projet",
            "questions": [
                {"key": "title", "kind": "short_text", "label": "Nom", "fact": "title"},
                {"key": "aided", "kind": "yes_no", "label": "Aides reçues ?", "required": True},
                {"key": "aids", "kind": "long_text", "label": "Lesquelles ?", "words": 200},
            ],
        },
        {
            "key": "budget",
            "title": "Budget",
            "questions": [{"key": "cost", "kind": "money", "label": "Coût"}],
        },
    ]
}
SETTINGS = {"section": "projet", "label": "Lesquelles ?", "confidentiality": "secret"}


def make_scene(**overrides):
    programme = make_programme()
    call = make_call(programme, definition=FORM, **overrides)
    call.manager = make_staff(programme, Role.MANAGER)
    return call


def newest(call):
    return call.forms.order_by("-number").first()


def stored(call, key):
    return find_question(newest(call).definition, key)[1]


def seen(call, key):
    """The digest of what the manager's page shows."""
    section = find_section(newest(call).definition, key)
    if section is None:
        return digest(stored(call, key))
    return digest({"key": key, "title": section["title"], "intro": section.get("intro", "")})


def keys(call):
    return {
        section["key"]: [question["key"] for question in section["questions"]]
        for section in newest(call).definition["sections"]
    }
