import ast

import pytest

from tests.architecture.sources import definitions, length, name_of, python_files, templates

LONGEST_FILE = 400
LONGEST_FUNCTION = 50
LONGEST_VIEW = 25
LONGEST_TEMPLATE = 150


@pytest.mark.parametrize("path", python_files(), ids=name_of)
def test_a_file_stays_short_and_its_functions_too(path):
    functions = [node for node in definitions(path) if not isinstance(node, ast.ClassDef)]
    limit = LONGEST_VIEW if path.stem == "views" else LONGEST_FUNCTION

    assert len(path.read_text().splitlines()) <= LONGEST_FILE
    assert [node.name for node in functions if length(node) > limit] == []


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
