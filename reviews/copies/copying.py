"""A copy made in a child process: a hostile file can neither stop us nor take our memory."""

import json
import os
import subprocess
import sys
import tempfile

from django.conf import settings

from reviews.copies.states import Verdict

SECONDS = 60
# The kinds a copy can be made of; the others keep their authors in too many places.
KINDS = frozenset({"application/pdf", "image/png", "image/jpeg"})


def copy_of(content, kind, names):
    """What was found (verdict, words, pictures) and the copy; empty when none can be made."""
    if kind not in KINDS:
        return {"verdict": Verdict.KIND, "words": [], "pictures": 0}, b""
    asked = {
        "kind": kind,
        "names": {
            "companies": names.companies,
            "people": names.people,
            "numbers": names.numbers,
        },
    }
    try:
        child = run_child(json.dumps(asked).encode() + b"\n" + content)
    except subprocess.TimeoutExpired:
        return broken(), b""
    told, _line, copy = child.stdout.partition(b"\n")
    return (json.loads(told), copy) if child.returncode == 0 and copy else (broken(), b"")


def broken():
    return {"verdict": Verdict.BROKEN, "words": [], "pictures": 0}


def run_child(payload):
    """No secrets in its environment; what it complains of says nothing to anybody."""
    with tempfile.TemporaryDirectory() as empty:
        return subprocess.run(
            [sys.executable, "-m", "reviews.copies.child"],
            input=payload,
            capture_output=True,
            cwd=settings.BASE_DIR,
            env={"PATH": os.environ.get("PATH", ""), "HOME": empty},
            timeout=SECONDS,
            check=False,
        )
