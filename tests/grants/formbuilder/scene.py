"""A published call with a small form, its manager, and what a manager's page sends back."""

import json

from django.urls import reverse

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


class Page:
    """The pages of one call for its manager."""

    def __init__(self, client, call):
        self.client, self.call = client, call

    def url(self, name, *args):
        return reverse(f"formbuilder:{name}", args=[self.call.pk, *args])

    def read(self, name, *args, query=""):
        return self.client.get(self.url(name, *args) + query).content.decode()

    def send(self, name, *args, query="", **fields):
        return self.client.post(self.url(name, *args) + query, fields)

    def ask(self, kind, **fields):
        """Add a question to the second section."""
        given = {"section": "budget", "confidentiality": "secret", "seen": digest({}), **fields}
        return self.send("new_question", query=f"?kind={kind}&section=budget", **given)

    def error(self, response):
        return " ".join(
            error for errors in response.context["form"].errors.values() for error in errors
        )


def rows(*lines):
    return json.dumps(lines)
