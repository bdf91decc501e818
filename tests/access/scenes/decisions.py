"""One ranked dossier of the cast's call, taken as far as each row needs."""

from decimal import Decimal

from django.utils import timezone

from grants.decisions import operations
from grants.decisions.models import AidException, Promotion
from grants.decisions.received import ReceivedLine, ReceivedRanking
from grants.letters.operations import make_letters
from grants.programmes.states import Role
from grants.votes import operations as votes
from tests.access.cast import Cast
from tests.factories import make_envelope, make_evaluation, make_staff

STAGES = ["ranked", "preparing", "to_check", "checked", "reported", "voted", "announced"]


def scene_at(state, *, amount=None):
    """The cast, with its call walked to `state` by people outside the table; `amount` is what it
    proposes instead of all that is asked."""
    cast = Cast(call_state="reviewing", dossier_state="in_review")
    # Read before anything is typeset: a letter that named its readers would be found out.
    make_evaluation(assignment=cast.assignment, submitted=True)
    author = make_staff(cast.programme, Role.MANAGER)
    second = make_staff(cast.programme, Role.MANAGER)
    envelope = make_envelope(cast.programme, endowed=200_000, actor=author)
    line = ReceivedLine(
        dossier_id=cast.dossier.pk, rank=1, score=Decimal(4), raw=Decimal(4), reviews=3
    )
    order = ReceivedRanking(method="raw", lines=(line,))
    operations.receive_ranking(cast.call, order, actor=author)
    cast.call.refresh_from_db()
    for act in acts(cast, envelope, author, second, amount)[: STAGES.index(state)]:
        act()
    return cast, envelope


def acts(cast, envelope, author, second, amount):
    def allocation():
        return cast.call.allocation

    return [
        lambda: operations.prepare(cast.call, envelope=envelope, actor=author),
        lambda: (
            amount and lower(cast.dossier.decision, amount, author),
            operations.propose(allocation(), actor=author),
        ),
        lambda: operations.check(allocation(), actor=second),
        lambda: votes.report(allocation(), actor=author),
        lambda: votes.deliberate(
            allocation(), body="CP", held_on=timezone.localdate(), number="CP/1", actor=author
        ),
        lambda: (
            operations.announce(allocation(), actor=author),
            make_letters([cast.dossier.decision.pk]),
        ),
    ]


def lower(decision, amount, actor):
    operations.revise(
        decision, amount=amount, reason="Première tranche.", version=decision.version, actor=actor
    )


def no_object(state):
    return Cast(), [], {}


def call(state):
    cast, envelope = scene_at(state)
    return cast, [cast.call.pk], {"envelope": envelope.pk}


def allocation(state):
    cast, _envelope = scene_at(state)
    fields = {"reason": "À revoir.", "body": "CP", "held_on": "2026-01-15", "number": "CP/2"}
    return cast, [cast.call.allocation.pk], fields


def row(state):
    cast, _envelope = scene_at(state)
    return cast, [cast.dossier.decision.pk], {"amount": "100 000", "reason": "", "version": 1}


def dossier(state):
    cast, _envelope = scene_at(state)
    return cast, [cast.dossier.pk], {}


def control(state):
    cast, _envelope = scene_at(state)
    fields = {"siren": cast.dossier.organisation.siren, "by_siren": "552100554",
              "since": "2026-01-15", "source": "Presse"}  # fmt: skip
    return cast, [cast.call.allocation.pk], fields


def exception(state):
    cast, _envelope = scene_at(state)
    decision = cast.dossier.decision
    if state == "to_check":
        author = cast.call.allocation.prepared_by
        AidException.objects.create(decision=decision, amount=1, reason="x", asked_by=author)
    return cast, [decision.pk], {"amount": "100", "reason": "Motif"}


def offer(state):
    cast, _envelope = scene_at("announced")
    decision = cast.dossier.decision
    offered = Promotion.objects.create(decision=decision, reserve_rank=1, amount=1)
    return cast, [offered.pk], {"amount": "100"}


def scenarios(state):
    cast, _envelope = scene_at(state)
    return cast, [cast.call.allocation.pk], {"name": "Un essai", "source": "studio"}


def scenario(state):
    cast, _envelope = scene_at(state)
    return cast, [cast.call.allocation.scenarios.get().pk], {"name": "Une copie"}


SCENES = {
    "decisions:reserve": allocation,
    "decisions:accept": offer,
    "decisions:give_up": exception,
    "decisions:aid": allocation,
    "decisions:reassess": allocation,
    "decisions:control": control,
    "decisions:ask_exception": exception,
    "decisions:sign_exception": exception,
    "decisions:scenarios": scenarios,
    "decisions:choose": scenario,
    "decisions:copy": scenario,
    "decisions:list": no_object,
    "decisions:prepare": call,
    "decisions:studio": allocation,
    "decisions:revise": row,
    "decisions:propose": allocation,
    "decisions:check": allocation,
    "decisions:send_back": allocation,
    "decisions:announce": allocation,
    "decisions:decision": dossier,
}
