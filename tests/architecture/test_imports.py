import re
import subprocess
import sys
from pathlib import Path

from tests.architecture.sources import ROOT, name_of, python_files


def test_imports_point_one_way():
    checked = subprocess.run(  # noqa: S603 - our own tool, beside our interpreter
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert checked.returncode == 0, checked.stdout
    assert " 0 broken" in checked.stdout


def test_nobody_imports_through_a_door():
    """`grants.models` exists for Django; code imports from the feature."""
    doors = [f"{app}.models import" for app in ("accounts", "grants", "reviews")]
    guilty = [
        path
        for path in python_files("accounts", "config", "grants", "reviews", "tests")
        if any(
            line.startswith(f"from {door}")
            for line in path.read_text().splitlines()
            for door in doors
        )
    ]

    assert guilty == []


def test_scipy_waits_until_something_calculates():
    eager = re.compile(r"^(from|import) scipy\b", re.MULTILINE)
    files = [path for path in python_files() if name_of(path).startswith(("grants", "reviews"))]

    assert files
    assert [name_of(path) for path in files if eager.search(path.read_text())] == []
