"""PDF by Typst, in a child process: user text can neither stop us nor read our files.

Typst panics on some texts with an exception that `except Exception` does not catch, so the
compiler lives in a process of its own, with a time limit; data travels as JSON and stays text.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from unicodedata import category

from django.conf import settings

SHEETS = Path(settings.BASE_DIR) / "templates" / "print"
SECONDS = 30
LONGEST_WORD = 200
NO_LETTERS = {"Cc", "Cs", "Cn", "Co"}


class CannotTypeset(Exception):
    """The document could not be made; the reason is for the log, not for the applicant."""


def typeset(sheet, content):
    """Return the PDF (bytes, PDF/A-2a and PDF/UA-1) of `templates/print/<sheet>.typ`."""
    try:
        child = run_child(SHEETS / f"{sheet}.typ", as_text(content))
    except subprocess.TimeoutExpired as error:
        raise CannotTypeset(f"still not typeset after {SECONDS} seconds") from error
    if child.returncode != 0 or not child.stdout.startswith(b"%PDF"):
        raise CannotTypeset(child.stderr.decode(errors="replace")[-500:])
    return child.stdout


def typeset_many(sheet, contents):
    """The PDF of each content, or why it could not be made (`CannotTypeset`, not raised).

    One child compiles them one after another. When it dies or is late, what it had finished
    counts, the document it was at is tried alone, and another child goes on with the rest.
    """
    found = []
    while len(found) < len(contents):
        finished = batch(sheet, contents[len(found) :])
        found += finished
        if len(found) < len(contents):
            found.append(alone(sheet, contents[len(found)]))
    return found


def batch(sheet, contents):
    """What one child finished of these, in their order."""
    payload = json.dumps([as_text(content) for content in contents], ensure_ascii=False)
    try:
        written = run_child(SHEETS / f"{sheet}.typ", payload, "--many").stdout
    except subprocess.TimeoutExpired as late:
        written = late.stdout or b""
    return list(framed(written))


def framed(written):
    """Each finished document of a child: a line with its length, then its letters."""
    while True:
        head, line, rest = written.partition(b"\n")
        if not line or not head.isdigit() or len(rest) < int(head):
            return
        pdf, written = rest[: int(head)], rest[int(head) :]
        if not pdf.startswith(b"%PDF"):
            return
        yield pdf


def alone(sheet, content):
    try:
        return typeset(sheet, content)
    except CannotTypeset as error:
        return error


def as_text(content):
    return json.dumps(breakable(content), ensure_ascii=False, default=str)


def run_child(sheet, payload, *options):
    """Compile in a process of its own: no secrets in its environment, no files but the sheet's."""
    with tempfile.TemporaryDirectory() as empty:
        return subprocess.run(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", "grants.core.typst_child", str(sheet), *options],
            input=payload.encode(),
            capture_output=True,
            cwd=settings.BASE_DIR,
            env={"PATH": os.environ.get("PATH", ""), "HOME": empty},
            timeout=SECONDS,
            check=False,
        )


def breakable(content):
    """Text Typst can set: only letters, and very long words may break (it panics on them)."""
    if isinstance(content, dict):
        return {key: breakable(value) for key, value in content.items()}
    if isinstance(content, (list, tuple)):
        return [breakable(value) for value in content]
    if isinstance(content, str):
        words = drawable(content).split(" ")
        return " ".join(piece for word in words for piece in pieces(word))
    return content


def drawable(text):
    """Leave out what is no letter: control signs, halves of letters, codes without meaning."""
    return "".join(sign for sign in text if sign in "\n\t" or category(sign) not in NO_LETTERS)


def pieces(word):
    return [word[i : i + LONGEST_WORD] for i in range(0, len(word), LONGEST_WORD)] or [""]
