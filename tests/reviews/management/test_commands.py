import io
import json
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from tests.reviews.panels.penicillin import PENICILLIN
from tests.reviews.panels.test_agreement import SHROUT_FLEISS

PROBLEM = {
    "reviews_per_dossier": 2,
    "dossiers": ["1", "2", "3", "4"],
    "reviewers": [{"id": str(rank), "min": 1, "max": 2} for rank in range(1, 6)],
    "affinity": [
        [55, 75, 21, 8, 33],
        [91, 36, 56, 11, 82],
        [95, 31, 85, 40, 33],
        [38, 19, 97, 14, 45],
    ],
    "forbidden": [["1", "2"], ["4", "3"]],
    "fixed": [],
    "floor": None,
    "max_per_group": None,
}
SHORT = {
    "reviews_per_dossier": 2,
    "dossiers": ["D1", "D2", "D3"],
    "reviewers": [{"id": name, "min": 0, "max": 2} for name in ("R1", "R2", "R3")],
    "affinity": [[0.5] * 3] * 3,
    "forbidden": [["D3", "R1"], ["D3", "R2"]],
}
PENICILLIN_CSV = "dossier,reviewer,score\n" + "".join(
    f"{one.dossier},{one.reviewer},{one.value:g}\n" for one in PENICILLIN
)
SHROUT_FLEISS_CSV = "dossier,reviewer,score\n" + "".join(
    f"{target},{judge},{cell}\n"
    for target, row in enumerate(SHROUT_FLEISS)
    for judge, cell in enumerate(row.split())
)


@pytest.fixture
def run(monkeypatch):
    def run(name, *arguments, given):
        raw = given if isinstance(given, bytes) else given.encode()
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
        written = io.StringIO()
        try:
            call_command(name, *arguments, stdout=written)
        except SystemExit as end:
            return end.code, written.getvalue()
        return 0, written.getvalue()

    return run


def test_assign_answers_the_case_by_hand(run):
    code, written = run("assign", given=json.dumps(PROBLEM))

    assert code == 0
    assert json.loads(written) == {
        "pairs": [
            ["1", "3"], ["1", "4"], ["2", "1"], ["2", "5"],
            ["3", "1"], ["3", "3"], ["4", "2"], ["4", "5"],
        ],
        "total": 446.0,
        "worst": 29.0,
        "under_floor": [],
        "optimal": True,
        "gap": 0.0,
        "connected": True,
    }  # fmt: skip


def test_assign_names_the_short_dossier_and_exits_1(run):
    code, written = run("assign", given=json.dumps(SHORT))

    assert code == 1
    assert json.loads(written) == {
        "short": [{"dossier": "D3", "missing": 1, "because": "conflict"}],
        "idle": [],
        "placed": 5,
        "wanted": 6,
    }


ALONE = {
    "reviews_per_dossier": 1,
    "dossiers": ["D1", "D2"],
    "reviewers": [{"id": "R1", "max": 2}],
    "affinity": [[0.5], [0.25]],
}


def test_assign_gives_all_to_one_reviewer_who_may_have_all(run):
    code, written = run("assign", given="\ufeff" + json.dumps(ALONE))

    assert (code, json.loads(written)["pairs"]) == (0, [["D1", "R1"], ["D2", "R1"]])


@pytest.mark.parametrize(
    ("change", "missing"),
    [({"reviews_per_dossier": 2}, [1, 1]), ({"reviewers": []}, [1, 1])],
)
def test_assign_with_one_reviewer_or_none_says_what_is_missing(run, change, missing):
    people = change.get("reviewers", ALONE["reviewers"])
    rows = [[0.5] * len(people)] * 2
    code, written = run("assign", given=json.dumps(ALONE | change | {"affinity": rows}))

    assert code == 1
    assert [one["missing"] for one in json.loads(written)["short"]] == missing


def test_assign_drops_as_few_kept_pairs_as_can_be(run):
    code, written = run("assign", given=json.dumps(PROBLEM | {"kept": [["1", "1"], ["1", "2"]]}))

    assert code == 0
    assert json.loads(written)["dropped"] == [["1", "2"]]


def test_rank_prints_the_fit_of_lme4(run):
    code, written = run("rank", "--places", "6", given="\ufeff" + PENICILLIN_CSV)

    answer = json.loads(written)
    sd = answer["sd"]
    assert (code, answer["method"], answer["fallback"]) == (0, "calibrated", None)
    assert round(answer["reml"], 4) == 330.8606
    assert round(answer["mean"], 4) == 22.9722
    assert [round(sd[name], 4) for name in ("dossier", "reviewer", "residual")] == [
        0.8467,
        1.9316,
        0.5499,
    ]
    assert [one["rank"] for one in answer["dossiers"]] == list(range(1, 25))
    assert list(answer["dossiers"][0]) == [
        "id", "rank", "raw", "calibrated", "effect", "se", "low", "high",
        "expected_rank", "p_funded", "zone",
    ]  # fmt: skip
    assert list(answer["reviewers"][0]) == ["id", "severity", "se", "reviews"]


def test_rank_without_places_has_no_zone(run):
    _, written = run("rank", "--method", "raw", given=PENICILLIN_CSV)

    answer = json.loads(written)
    assert answer["method"] == "raw"
    assert {(one["p_funded"], one["zone"]) for one in answer["dossiers"]} == {(None, None)}


def test_agreement_prints_the_published_coefficients(run):
    _, written = run("agreement", given=SHROUT_FLEISS_CSV)

    answer = json.loads(written)
    assert list(answer["alpha"]) == ["nominal", "ordinal", "interval", "ratio"]
    assert (round(answer["icc"]["icc2"], 6), round(answer["icc"]["icc2k"], 6)) == (
        0.289764,
        0.620051,
    )


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("assign", json.dumps(PROBLEM | {"floor": 83})),
        ("rank", PENICILLIN_CSV),
        ("agreement", PENICILLIN_CSV),
    ],
)
def test_the_same_input_gives_the_same_bytes(run, name, given):
    assert run(name, given=given) == run(name, given=given)


@pytest.mark.parametrize(
    ("name", "given", "reason"),
    [
        ("assign", "", "not valid JSON"),
        ("assign", '{"dossiers": NaN}', "NaN"),
        ("assign", json.dumps(PROBLEM | {"forbidden": [["9", "1"]]}), "unknown dossier 9"),
        ("assign", '{"dossiers": ["A"', "not valid JSON"),
        ("assign", "[]", "an object was expected"),
        ("assign", b"\xff", "not UTF-8"),
        ("assign", json.dumps(PROBLEM | {"affinity": [[1]]}), "1 rows for 4 dossiers"),
        ("assign", json.dumps(PROBLEM | {"fixed": [["1", "2"]]}), "both fixed and forbidden"),
        ("assign", json.dumps(PROBLEM | {"kept": [["1", "9"]]}), "unknown reviewer 9"),
        ("assign", json.dumps(PROBLEM | {"max_per_profile": 0}), "max_per_profile: at least 1"),
        ("assign", json.dumps(PROBLEM | {"dossiers": ["1", "1", "3", "4"]}), "comes twice"),
        ("rank", b"\xff\xfe", "not UTF-8"),
        ("rank", "dossier,reviewer,score\nA,R,NaN\n", "line 2"),
        ("agreement", "dossier,score\n", "header"),
    ],
)
def test_bad_input_is_refused_with_the_reason(run, name, given, reason):
    with pytest.raises(CommandError, match=reason) as refusal:
        run(name, given=given)

    assert refusal.value.returncode == 1


def test_rank_refuses_no_place(run):
    with pytest.raises(CommandError, match="places"):
        run("rank", "--places", "0", given=PENICILLIN_CSV)
