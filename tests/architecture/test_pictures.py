"""The guides show pictures that exist, and no picture is left behind."""

import re

from docs.pictures import PICTURES
from tests.architecture.sources import ROOT, name_of

SHOWN = re.compile(r"!\[[^\]]*\]\(([^)\s]+)\)")
LINKED = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s#]+)(?:#[^)\s]*)?\)")
INSIDE = re.compile(r"\]\(#([^)\s]+)\)")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
FOLDER = ROOT / "docs" / "pictures"


def shown():
    return {
        (page.parent / place).resolve()
        for page in PAGES
        for place in SHOWN.findall(page.read_text())
    }


def test_every_picture_shown_exists_and_every_picture_is_shown():
    kept = {name_of(path) for path in FOLDER.iterdir()}

    assert {name_of(path) for path in shown()} == kept


def test_every_picture_is_taken_by_the_script_once():
    names = [one.name for one in PICTURES]

    assert sorted(names) == sorted(path.stem for path in FOLDER.glob("*.png"))


def test_pages_lead_to_files_and_titles_that_exist():
    dead = [
        f"{name_of(page)}: {place}"
        for page in PAGES
        for place in LINKED.findall(page.read_text())
        if "://" not in place and not (page.parent / place).exists()
    ]
    for page in PAGES:
        titles = {anchor_of(line) for line in page.read_text().splitlines() if line[:1] == "#"}
        dead += [
            f"{name_of(page)}: #{at}" for at in INSIDE.findall(page.read_text()) if at not in titles
        ]

    assert dead == []


def anchor_of(title):
    """As code hosts write them: lower case, punctuation dropped, spaces to dashes."""
    return re.sub(r"[^\w\- ]", "", title.lstrip("# ").lower()).replace(" ", "-")
