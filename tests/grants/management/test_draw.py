"""The draw as anybody can do it again: docs/tirage.md, its vectors, another reading of it."""

import io
import json
import re
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

GUIDE = (Path(__file__).parents[3] / "docs" / "tirage.md").read_text()
SEED = "la graine publiée"
NAMES = [f"SID26-{n:04}" for n in range(1, 9)]
AWK = """while read -r d; do
  printf '%s  %s\\n' "$(printf '%s|%s' "$1" "$d" | sha256sum | cut -d' ' -f1)" "$d"
done | LC_ALL=C sort"""


@pytest.fixture
def run(monkeypatch):
    def run(given, seed=SEED, **options):
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(given.encode())))
        written = io.StringIO()
        call_command("draw", seed=seed, stdout=written, **options)
        return json.loads(written.getvalue())

    return run


def test_the_order_is_that_of_the_published_vectors(run):
    published = re.findall(r"\| \d \| (SID26-\d{4}) \| `([0-9a-f]{64})` \|", GUIDE)

    answer = run(json.dumps(NAMES))

    assert [(one["id"], one["lot"]) for one in answer["lots"]] == published
    assert answer["order"] == [name for name, _lot in published]
    assert answer["sha256"] in GUIDE


@pytest.mark.parametrize("seed", [SEED, "Loto du 24 décembre 2026 : 3 8 21 30 44", "a|b"])
def test_another_reading_of_the_algorithm_gives_the_same_order(run, seed):
    other = subprocess.run(  # noqa: S603 - our own words
        ["/bin/sh", "-c", AWK, "sh", seed],
        input="\n".join(NAMES) + "\n", capture_output=True, text=True, check=True,
    )  # fmt: skip

    lines = [line.split() for line in other.stdout.splitlines()]

    answer = run(json.dumps({"names": list(reversed(NAMES))}), seed=seed)
    assert [[one["lot"], one["id"]] for one in answer["lots"]] == lines


def test_the_digest_alone_reads_no_list(run):
    assert list(run("", digest=True)) == ["sha256"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("[", "not valid JSON"),
        ('["A", "A"]', "comes twice"),
        ('["A", 3]', "a text"),
        ('{"order": []}', "missing names"),
    ],
)
def test_a_list_that_cannot_be_drawn_is_refused(run, given, said):
    with pytest.raises(CommandError, match=said):
        run(given)
