"""The same scores give the same bytes: whatever the order of the lines, the seed of Python's
hashes, and the number of threads of the linear algebra."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[3]
HEAD = "dossier,reviewer,score"


def lines(dossiers=90, reviewers=30):
    draw = np.random.default_rng(11)
    worth, severity = draw.normal(0, 0.6, dossiers), draw.normal(0, 0.5, reviewers)
    return [
        f"D{row},R{column},{np.clip(round(3 + worth[row] + severity[column] + noise), 0, 5)}"
        for row in range(dossiers)
        for column, noise in zip(
            draw.choice(reviewers, 3, replace=False), draw.normal(0, 0.8, 3), strict=True
        )
    ]


def run(name, *arguments, given, seed="0", threads="1"):
    environment = os.environ | {"PYTHONHASHSEED": seed, "OPENBLAS_NUM_THREADS": threads}
    done = subprocess.run(  # noqa: S603 - our own interpreter and commands
        [sys.executable, "manage.py", name, *arguments],
        cwd=ROOT,
        env=environment,
        input="\n".join(given).encode(),
        stdout=subprocess.PIPE,
        check=True,
    )
    return done.stdout


@cache
def plainly(name, *arguments):
    return run(name, *arguments, given=[HEAD, *lines()])


@pytest.mark.parametrize("words", [("rank", "--places", "20"), ("agreement",)], ids=lambda w: w[0])
def test_the_same_scores_give_the_same_bytes(words):
    name, *arguments = words
    rows = lines()
    first = plainly(name, *arguments)
    shuffled = list(np.random.default_rng(2).permutation(rows))

    assert run(name, *arguments, given=[HEAD, *shuffled], seed="77", threads="2") == first


def test_the_ranking_tested_is_a_corrected_one():
    document = json.loads(plainly("rank", "--places", "20"))

    assert document["fallback"] is None
    assert [one["rank"] for one in document["dossiers"]] == list(range(1, 91))
