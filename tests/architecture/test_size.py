import ast

from tests.architecture.sources import definitions, length, name_of, python_files, templates

LONGEST_FILE = 400
LONGEST_FUNCTION = 50
LONGEST_VIEW = 25
LONGEST_TEMPLATE = 150


def too_long(path):
    """What of a module passes its limit."""
    functions = [node for node in definitions(path) if not isinstance(node, ast.ClassDef)]
    limit = LONGEST_VIEW if path.stem == "views" else LONGEST_FUNCTION
    lines = len(path.read_text().splitlines())
    return [
        *([f"{lines} lines"] if lines > LONGEST_FILE else []),
        *(node.name for node in functions if length(node) > limit),
    ]


def test_files_stay_short_and_their_functions_too():
    assert {name_of(path): found for path in python_files() if (found := too_long(path))} == {}


def test_templates_stay_short():
    long = {
        name_of(path): len(path.read_text().splitlines())
        for path in templates()
        if path.suffix in {".html", ".txt"}
    }

    assert {name: lines for name, lines in long.items() if lines > LONGEST_TEMPLATE} == {}


def test_the_files_are_found():
    names = {name_of(path) for path in python_files()}

    assert {"accounts/access.py", "grants/core/flow.py", "tests/conftest.py"} <= names
    assert "accounts/migrations/0001_initial.py" not in names
