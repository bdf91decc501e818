"""A module, function or class that needs one of these words has no subject yet."""

import re

from tests.architecture.sources import ROOT, definitions, name_of, python_files

BANNED = {
    "utils", "util", "helpers", "helper", "common", "misc", "base", "manager", "service",
    "handler", "process", "data", "info", "do",
}  # fmt: skip
# Django's word for what creates and finds rows; the eligible base of an aid, a term of the rules.
# Crispy's word for what lays a form out.
ALLOWED = {"UserManager", "check_base", "helper", "bare_helper"}
UNFINISHED = re.compile(
    r"(#|//|/\*|<!--|\{#|%\}).*\b(TO" + r"DO|FIX" + r"ME|X" + r"XX|HA" + r"CK)\b"
)
TEXTS = {".py", ".html", ".txt", ".css", ".js", ".md", ".toml", ".typ"}


def words(name):
    return set(re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()))


def without_subject(path):
    names = {path.stem, *(node.name for node in definitions(path))} - ALLOWED
    return {name for name in names if words(name) & BANNED}


def test_names_say_their_subject():
    files = python_files("accounts", "config", "grants", "reviews")

    assert {name_of(path): found for path in files if (found := without_subject(path))} == {}


def test_folders_say_their_subject():
    folders = {path.parent.name for path in python_files("accounts", "config", "grants", "reviews")}

    assert {name for name in folders if words(name) & BANNED} == set()


def test_nothing_is_left_for_later():
    places = ["accounts", "config", "docs", "grants", "reviews", "templates", "tests"]
    files = [path for place in places for path in (ROOT / place).rglob("*")]
    ours = [path for path in files if path.suffix in TEXTS and "vendor" not in path.parts]

    assert [name_of(path) for path in ours if UNFINISHED.search(path.read_text())] == []
