import io
import json
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

PROBLEM = {
    "envelope": 100_000,
    "mode": "rank",
    "dossiers": [
        {"id": "A", "score": 90, "asked": 40_000, "minimum": 40_000, "ceiling": None},
        {"id": "B", "score": 85, "asked": 35_000, "minimum": 35_000, "ceiling": None},
        {"id": "C", "score": 80, "asked": 30_000, "minimum": 20_000, "ceiling": None},
        {"id": "D", "score": 75, "asked": 20_000, "minimum": 10_000, "ceiling": None},
    ],
    "floors": [],
    "caps": [],
    "max_awards": None,
    "ties": "none",
}


@pytest.fixture
def run(monkeypatch):
    def run(given):
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(given.encode())))
        written = io.StringIO()
        try:
            call_command("allocate", stdout=written)
        except SystemExit as end:
            return end.code, written.getvalue()
        return 0, written.getvalue()

    return run


def test_amounts_are_whole_euros(run):
    code, written = run("\ufeff" + json.dumps(PROBLEM))

    assert code == 0
    assert json.loads(written) == {
        "mode": "rank",
        "awards": [
            {"id": "A", "amount": 40_000, "full": True, "because": None},
            {"id": "B", "amount": 35_000, "full": True, "because": None},
            {"id": "C", "amount": 25_000, "full": False, "because": "envelope"},
        ],
        "reserve": ["D"],
        "refused": [],
        "spent": 100_000,
        "left": 0,
        "optimal": True,
        "displaced": [],
    }


def test_a_conflict_is_written_and_exits_1(run):
    impossible = PROBLEM | {"floors": [{"of": {"theme": "health"}, "amount": 1}]}

    assert run(json.dumps(impossible)) == (1, '{"conflict": ["floor theme=health"]}\n')


def test_the_same_input_gives_the_same_bytes(run):
    portfolio = json.dumps(PROBLEM | {"mode": "portfolio"})

    assert run(portfolio) == run(portfolio)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("[]", "an object was expected"),
        (json.dumps(PROBLEM | {"envelope": 1e5}), "envelope: a whole number"),
        (json.dumps(PROBLEM | {"envelope": "NaN"}), "envelope: a whole number"),
    ],
)
def test_bad_input_is_refused_with_the_reason(run, given, reason):
    with pytest.raises(CommandError, match=reason) as refusal:
        run(given)

    assert refusal.value.returncode == 1
