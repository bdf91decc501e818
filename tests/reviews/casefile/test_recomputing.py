"""A decision taken from marks to announcement, then computed again from its own JSON."""

import io
import json
import sys
from copy import deepcopy
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from grants.decisions.operations import announce, check, prepare, propose
from grants.decisions.states import Outcome
from grants.dossiers.operations import submit
from grants.history.chain import digest_of
from grants.programmes.states import Role
from grants.votes import operations as votes
from reviews.casefile.deposit import deposits_of, eligibility_of
from reviews.casefile.gathering import case_of
from reviews.casefile.operations import case_json
from reviews.casefile.recomputing import deposit, eligibility, recompute
from reviews.panels.operations import settle
from tests.factories import make_call, make_envelope, make_programme, make_staff
from tests.grants.decisions.scene import vote
from tests.grants.dossiers.complete import make_ready
from tests.reviews.panels.test_operations import read

MARKS = [(5, 4, 5), (4, 4, 3), (2, 1, 2), (3, 4, 4)]


def decide(*, method="raw", amended=False):
    """Four dossiers of 100 000 € each, an envelope for two and a half."""
    call = make_call(make_programme(), state="reviewing", method=method)
    manager, second = (make_staff(call.programme, Role.MANAGER) for _ in range(2))
    read(call, *MARKS)
    settle(call, actor=manager)
    envelope = make_envelope(call.programme, endowed=250_000, actor=manager)
    call.refresh_from_db()
    allocation = prepare(call, envelope=envelope, actor=manager)
    for one in allocation.decisions.exclude(amount__in=[0, 100_000]):
        one.reason = "Le reste de l’enveloppe."
        one.save()
    propose(allocation, actor=manager)
    check(allocation, actor=second)
    if amended:
        votes.report(allocation, actor=manager)
        first = allocation.decisions.get(rank=2)
        told = {
            "outcome": Outcome.RESERVE,
            "amount": Decimal(0),
            "reason": "Report.",
            "actor": manager,
        }
        votes.amend(first, **told)
        votes.recuse(allocation, member="Mme Élue", decisions=[first], actor=manager)
        votes.deliberate(
            allocation, body="CP", held_on=allocation.prepared_at.date(), number="7", actor=manager
        )
    else:
        vote(allocation, actor=manager)
    announce(allocation, actor=manager)
    return allocation.decisions.get(rank=1)


@pytest.fixture
def document(db):
    return json.loads(case_json(case_of(decide())))


def different(document):
    return {(line.part, line.what) for line in recompute(document) if not line.equal}


def test_the_same_figures_come_out_again(document):
    lines = recompute(document)

    assert different(document) == set()
    assert {line.part for line in lines} == {"file", "ranking", "allocation", "decision"}
    assert [line.found for line in lines if line.what.endswith(", rang")][:4] == list("1234")


def changed(content, path, value):
    *way, last = path
    for step in way:
        content = content[step]
    content[last] = value


FALSIFIED = [
    (["ranking", "marks", 0, "scores", "impact"], 0, "ranking"),
    (["ranking", "lines", 0, "rank"], 2, "ranking"),
    (["allocation", "lines", 0, "amount"], "150000.00", "allocation"),
    (["allocation", "lines", 3, "outcome"], "reserve", "allocation"),
    (["rules", "parameters", "max_aid"], "1000.00", "allocation"),
    (["decision", "amount"], "1.00", "decision"),
]


@pytest.mark.parametrize(("path", "value", "part"), FALSIFIED, ids=lambda one: str(one)[:60])
def test_a_figure_changed_afterwards_does_not_come_out(document, path, value, part):
    changed(document["content"], path, value)
    assert ("file", "empreinte du dossier de décision") in different(document)

    document["sha256"] = digest_of(document["content"])
    assert {found for found, _what in different(document)} >= {part}


def test_a_deposit_and_its_verdict_come_out_again(db):
    dossier = make_ready()
    submit(dossier, actor=dossier.author)
    told, last = deposits_of(dossier)
    content = {"deposits": told, "eligibility": eligibility_of(dossier, last)}
    content = json.loads(json.dumps(content))

    lines = [*deposit(content), *eligibility(content)]
    assert [line for line in lines if not line.equal] == []
    assert len(lines) > 10

    changed(content, ["deposits", 0, "content", "version"], 9)
    changed(content, ["eligibility", "asked", "project", "requested"], 9_000_000)
    lines = [*deposit(content), *eligibility(content)]
    assert {line.part for line in lines if not line.equal} == {"deposit", "eligibility"}


def test_a_vote_that_amends_and_a_corrected_ranking_come_out_too(db):
    document = json.loads(case_json(case_of(decide(method="calibrated", amended=True))))
    told = document["content"]["allocation"]["lines"][1]

    assert different(document) == set()
    assert (told["outcome"], told["reserve_rank"], told["recusals"]) == ("reserve", 1, ["Mme Élue"])
    assert told["amendment"]["proposed_outcome"] == "award"


def run(document, capsys, monkeypatch):
    raw = json.dumps(document).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    try:
        call_command("recompute")
        return 0, json.loads(capsys.readouterr().out)
    except SystemExit as end:
        return end.code, json.loads(capsys.readouterr().out)


def test_the_command_says_equal_or_different(document, capsys, monkeypatch):
    status, told = run(document, capsys, monkeypatch)
    assert (status, told["equal"], told["different"]) == (0, True, 0)

    other = deepcopy(document)
    other["content"]["decision"]["amount"] = "7.00"
    status, told = run(other, capsys, monkeypatch)
    assert (status, told["equal"]) == (1, False)

    with pytest.raises(CommandError, match="n’est pas un dossier de décision"):
        run({"content": {}}, capsys, monkeypatch)
