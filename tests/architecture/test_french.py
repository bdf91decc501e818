"""French as it is set: a narrow space that does not break before « ; : ! ? » and inside « »."""

import ast
import re

from tests.architecture.sources import name_of, python_files, templates

# An ordinary space before one of these, at the end of a word, or after an opening mark.
LOOSE = re.compile(r"""(?<=\S) (?=[:;!?»](?:[\s<{"'.,)\\]|$))|« (?=\S)""")
# Through the end of a literal as well: a module with neither need not be read closely.
CUT = re.compile(r"""[ ]["']\s+f?["'][:;!?»]""")
GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}


def loose_in(text):
    return [text[max(found.start() - 20, 0) : found.end() + 12] for found in LOOSE.finditer(text)]


def texts_in(path):
    """What a module hands to gettext, each text whole."""
    source = path.read_text()
    if not (LOOSE.search(source) or CUT.search(source)):
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and name_called(node) in GETTEXT:
            for given in node.args:
                yield from (one.value for one in ast.walk(given) if is_text(one))


def name_called(node):
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def is_text(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def test_the_scan_sees_what_it_looks_for():
    told = "Deux notes : « une » ; l’autre ?"

    assert len(loose_in(told)) == 5
    assert loose_in(told.replace(" :", "\u202f:")) != loose_in(told)
    assert loose_in("12:30, a::b, {% if a != b %}, https://a?b") == []


def test_texts_of_the_code_are_set_in_french():
    found = {
        f"{name_of(path)}: {loose}"
        for path in python_files("accounts", "config", "grants", "reviews")
        for text in texts_in(path)
        for loose in loose_in(text)
    }

    assert found == set()


def test_templates_are_set_in_french():
    found = {
        f"{name_of(path)}: {loose}"
        for path in templates()
        if path.suffix in {".html", ".txt"}
        for loose in loose_in(path.read_text())
    }

    assert found == set()
