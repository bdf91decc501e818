"""The content security policy allows no inline code, and short files stay short."""

import re

import pytest
from django.conf import settings
from django.template import TemplateSyntaxError
from django.template.loader import get_template

TEMPLATES = settings.BASE_DIR / "templates"
STATIC = settings.BASE_DIR / "config" / "static"
PAGES = sorted(TEMPLATES.rglob("*.html"))
OURS = sorted([*(STATIC / "css").glob("*.css"), *(STATIC / "js").glob("*.js")])
INLINE = {
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*application/json)", re.IGNORECASE),
    "script address": re.compile(r"href=[\"']javascript:", re.IGNORECASE),
    "evaluated htmx": re.compile(r"\shx-(on|vals=[\"']js:)", re.IGNORECASE),
}


def name_of(path):
    return str(path.relative_to(settings.BASE_DIR))


def test_templates_hold_no_inline_code():
    texts = {name_of(page): page.read_text(encoding="utf-8") for page in PAGES}

    inline = {
        name: [kind for kind, pattern in INLINE.items() if pattern.search(text)]
        for name, text in texts.items()
    }
    assert {name: kinds for name, kinds in inline.items() if kinds} == {}


def test_templates_parse():
    broken = {}
    for page in PAGES:
        try:
            get_template(str(page.relative_to(TEMPLATES)))
        except TemplateSyntaxError as error:
            broken[name_of(page)] = str(error)

    assert broken == {}


def test_templates_style_sheets_and_modules_are_short():
    limits = {**dict.fromkeys(PAGES, 150), **dict.fromkeys(OURS, 300)}
    lines = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in limits}

    assert {name_of(file): lines[file] for file in limits if lines[file] > limits[file]} == {}


def test_the_files_are_found():
    assert {"templates/404.html", "templates/layouts/page.html"} <= {name_of(one) for one in PAGES}
    assert {file.suffix for file in OURS} == {".css", ".js"}


@pytest.mark.parametrize("file", sorted((STATIC / "css").glob("*.css")), ids=name_of)
def test_style_sheet_fetches_nothing_from_elsewhere(file):
    addresses = re.findall(r"url\(\s*[\"']?([^\"')]+)", file.read_text(encoding="utf-8"))

    for address in addresses:
        if not address.startswith("data:"):
            assert (file.parent / address).is_file(), address


def test_shared_components_tell_their_parameters_on_line_one():
    parts = [
        page for page in (TEMPLATES / "components").rglob("*.html") if "icons" not in page.parts
    ]

    silent = [name_of(page) for page in parts if not page.read_text().startswith("{% comment %}")]
    assert silent == []


@pytest.mark.parametrize("code", ["400", "403", "404", "500", "403_csrf"])
def test_error_page_needs_nothing_to_be_drawn(code):
    page = get_template(f"{code}.html").render({})

    assert "<h1>" in page
    assert 'href="/"' in page
