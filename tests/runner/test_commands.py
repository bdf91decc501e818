import ast
import sys

import pytest

from config.runner import commands
from config.runner.processes import call
from config.runner.workspace import ROOT, Workspace

BLOCKED = """
import sys
for name in ("django", "celery", "psycopg", "redis"):
    sys.modules[name] = None
sys.argv = ["run", "--help"]
exec(compile(open("run").read(), "run", "exec"), {"__name__": "__main__", "__file__": "run"})
"""


def test_the_first_file_is_readable_by_an_old_python():
    source = (ROOT / "run").read_text()

    tree = ast.parse(source, feature_version=(3, 4))

    assert not [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]


def test_the_launcher_needs_no_package():
    status, output = call([sys.executable, "-c", BLOCKED], cwd=ROOT)

    assert status == 0, output
    assert "./run manage COMMANDE" in output


@pytest.mark.parametrize("text", ["0", "65536", "http"])
def test_an_impossible_port_is_refused(text):
    with pytest.raises(SystemExit) as stopped:
        commands.parse(["--port", text])

    assert stopped.value.code == 2


@pytest.mark.parametrize(
    ("words", "needed"),
    [(["demo"], True), (["eligibility"], False), (["migrate"], False), ([], False)],
)
def test_a_new_database_is_migrated_for_commands_that_need_it(tmp_path, words, needed, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)

    assert commands.needs_tables(Workspace("dev", run=tmp_path), words) is needed


def test_a_database_already_migrated_is_left_alone(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    workspace = Workspace("dev", run=tmp_path)
    with workspace.claimed():
        workspace.migrated.touch()

    assert not commands.needs_tables(workspace, ["demo"])
