"""The files the architecture tests look at."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("accounts", "bench", "config", "docs", "grants", "reviews", "tests")


def python_files(*packages):
    """Our modules, without generated migrations."""
    found = [path for name in packages or PACKAGES for path in (ROOT / name).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


def templates():
    return sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())


def name_of(path):
    return str(path.relative_to(ROOT))


@cache
def definitions(path):
    """Every function and class of a module."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, kinds)]


def length(node):
    return node.end_lineno - node.lineno + 1
