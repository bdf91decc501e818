"""The English catalogue: complete, compiled, and not crossed by the French of the framework."""

import ast
import re
import shutil
import struct
from dataclasses import dataclass, field
from gettext import GNUTranslations
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.management import call_command
from django.utils import translation

ROOT = Path(project.BASE_DIR)
CATALOGUE = ROOT / "config" / "locale" / "en" / "LC_MESSAGES" / "django.po"
SOURCES = ["accounts", "config", "grants", "reviews", "templates"]
TOOLS = ["xgettext", "msguniq", "msgmerge", "msgattrib"]

LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d)\])? )?(".*")')
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z%]|\{\w*\}")


@dataclass
class Entry:
    texts: dict[str, str] = field(default_factory=dict)
    fuzzy: bool = False

    @property
    def context(self):
        return self.texts.get("msgctxt")

    @property
    def source(self):
        return self.texts["msgid"]

    @property
    def plural(self):
        return self.texts.get("msgid_plural")

    @property
    def key(self):
        return self.context, self.source, self.plural

    @property
    def pairs(self):
        """Each translation with the source text it stands for."""
        if self.plural is None:
            return [(self.source, self.texts["msgstr"])]
        return [(self.source, self.texts["msgstr0"]), (self.plural, self.texts["msgstr1"])]

    def read_from(self, catalogue):
        """What a catalogue answers, in the order of `pairs`."""
        if self.plural is not None:
            return [catalogue.ngettext(self.source, self.plural, n) for n in (1, 2)]
        if self.context is not None:
            return [catalogue.pgettext(self.context, self.source)]
        return [catalogue.gettext(self.source)]


def read_catalogue(path):
    """The entries in use of a .po file, without its header."""
    entries = []
    for block in re.split(r"\n{2,}", path.read_text(encoding="utf-8").strip()):
        entry, part = Entry(), ""
        for line in block.splitlines():
            if line.startswith("#"):
                entry.fuzzy |= line.startswith("#,") and "fuzzy" in line
                continue
            keyword, form, text = LINE.fullmatch(line).groups()
            part = keyword + (form or "") if keyword else part
            entry.texts[part] = entry.texts.get(part, "") + ast.literal_eval(text)
        if entry.texts.get("msgid"):
            entries.append(entry)
    return entries


@pytest.fixture(scope="module")
def entries():
    return read_catalogue(CATALOGUE)


def test_every_text_is_translated(entries):
    assert len(entries) > 1500
    lacking = [
        entry.source for entry in entries if entry.fuzzy or not all(text for _, text in entry.pairs)
    ]
    assert lacking == []


def test_the_compiled_catalogue_is_up_to_date(entries):
    compiled = CATALOGUE.with_suffix(".mo")
    with compiled.open("rb") as file:
        catalogue = GNUTranslations(file)
    stale = [
        entry.source
        for entry in entries
        if entry.read_from(catalogue) != [text for _, text in entry.pairs]
    ]
    assert stale == []
    # The file says how many texts it holds; its header is one of them.
    (held,) = struct.unpack_from("<I", compiled.read_bytes(), 8)
    assert held == len(entries) + 1


def test_placeholders_and_edges_are_kept(entries):
    changed = [
        (source, text)
        for entry in entries
        for source, text in entry.pairs
        if set(PLACEHOLDER.findall(source)) != set(PLACEHOLDER.findall(text))
        or edges(source) != edges(text)
    ]
    assert changed == []


def edges(text):
    return text.startswith("\n"), text.endswith("\n")


def test_no_escape_hides_a_source_text(entries):
    # xgettext keeps “\u202f” as six characters: such a text would never be found again.
    assert [entry.source for entry in entries if "\\u" in entry.source] == []


def test_french_pages_show_the_source_texts(entries):
    # A short word may be an English text of Django too: “Note” would become « Remarque ».
    with translation.override("fr"):
        changed = [
            (source, shown)
            for entry in entries
            for (source, _), shown in zip(entry.pairs, entry.read_from(translation), strict=True)
            if shown != source
        ]
    assert changed == []


def test_english_pages_show_the_translations(entries):
    with translation.override("en"):
        changed = [
            (text, shown)
            for entry in entries
            for (_, text), shown in zip(entry.pairs, entry.read_from(translation), strict=True)
            if shown != text
        ]
    assert changed == []


@pytest.mark.skipif(not all(map(shutil.which, TOOLS)), reason="the gettext tools are not installed")
def test_the_catalogue_holds_every_text_of_the_code(entries, tmp_path, monkeypatch, settings):
    for name in SOURCES:
        shutil.copytree(
            ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("locale", "__pycache__")
        )
    (tmp_path / "locale").mkdir()
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    monkeypatch.chdir(tmp_path)

    call_command("makemessages", locale=["en"], no_location=True, verbosity=0, stdout=StringIO())

    extracted = read_catalogue(tmp_path / "locale" / "en" / "LC_MESSAGES" / "django.po")
    held, found = ({entry.key for entry in some} for some in (entries, extracted))
    assert {"lacking": found - held, "unused": held - found} == {"lacking": set(), "unused": set()}
