"""Random movements, played on the ledger and on a few lines of Python: balances stay equal."""

from dataclasses import dataclass, field

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.access import Refused
from grants.funding import operations
from grants.programmes.states import Role
from tests.factories import make_envelope, make_programme, make_staff


@dataclass
class Model:
    """The rules of an envelope, in euros, as a person would keep them on paper."""

    voted: int = 0
    commitments: list = field(default_factory=list)  # [set aside, paid]

    @property
    def committed(self):
        return sum(aside for aside, _paid in self.commitments)

    @property
    def paid(self):
        return sum(paid for _aside, paid in self.commitments)

    def accepts(self, act, amount, which):
        aside, paid = self.commitments[which] if self.commitments else (0, 0)
        room = {
            "endow": amount,
            "reduce": self.voted - self.committed,
            "commit": self.voted - self.committed,
            "release": aside - paid,
            "pay": aside - paid,
            "repay": paid,
        }
        return amount <= room[act]

    def play(self, act, amount, which):
        if act in {"endow", "reduce"}:
            self.voted += amount if act == "endow" else -amount
        elif act == "commit":
            self.commitments.append([amount, 0])
        else:
            column, sign = {"release": (0, -1), "pay": (1, 1), "repay": (1, -1)}[act]
            self.commitments[which][column] += sign * amount


STEP = st.tuples(
    st.sampled_from(["endow", "commit", "commit", "pay", "pay", "release", "repay", "reduce"]),
    st.integers(1, 60),
    st.integers(0, 1000),
)
played = []


@pytest.mark.django_db
def test_three_hundred_random_movements_keep_the_balances_of_the_paper_model():
    programme = make_programme()
    actors = {
        "manager": make_staff(programme, Role.MANAGER),
        "finance": make_staff(programme, Role.FINANCE),
    }
    played.clear()

    @settings(
        max_examples=10,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(STEP, min_size=40, max_size=40))
    def run(steps):
        with transaction.atomic():
            simulate(programme, actors, steps)
            transaction.set_rollback(True)

    run()

    assert len(played) >= 300
    assert played.count(True) >= 100
    assert played.count(False) >= 30


def simulate(programme, actors, steps):
    envelope = make_envelope(programme, endowed=100, payable=10_000, name="Simulation")
    model, commitments = Model(voted=100), []
    for n, (act, amount, choice) in enumerate(steps):
        which = choice % len(commitments) if commitments else 0
        if act in {"release", "pay", "repay"} and not commitments:
            continue
        expected = model.accepts(act, amount, which)
        played.append(take(envelope, act, amount, which, commitments, actors, n))

        assert played[-1] == expected
        if expected:
            model.play(act, amount, which)
        envelope.refresh_from_db()
        assert (envelope.endowed, envelope.committed, envelope.paid) == (
            model.voted,
            model.committed,
            model.paid,
        )


def take(envelope, act, amount, which, commitments, actors, n):
    actor = actors["finance" if act in {"pay", "repay"} else "manager"]
    target = commitments[which] if act in {"release", "pay", "repay"} else envelope
    try:
        entry = getattr(operations, act)(
            target, amount, reason="Simulation", reference=f"Pas {n}", actor=actor
        )
    except Refused:
        return False
    if act == "commit":
        commitments.append(entry)
    return True
