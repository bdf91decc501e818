import pytest
from django.db import IntegrityError, transaction

from accounts.access import Refused
from reviews.assignments import telling, wishing
from reviews.assignments.models import Assignment
from reviews.assignments.rules import AssignmentRules, SeatRule, Wish
from reviews.experts.models import Expertise, Interest
from tests.factories import make_assignment, make_dossier, make_expert, make_staff
from tests.reviews.assignments.scene import Pool

pytestmark = pytest.mark.django_db


def wish(pool, dossier, expert, kind="wanted"):
    return wishing.wish(dossier, expert, kind=kind, reason="Le sujet.", actor=pool.officer)


def readers(proposal, dossier):
    return {expert for found, expert in proposal.pairs if found == dossier}


def weaken(expert):
    Expertise.objects.filter(expert=expert).delete()


def test_a_wanted_pair_is_proposed_though_others_know_better():
    pool = Pool(dossiers=1, experts=2, reviews=1)
    weaken(pool.experts[1])

    wish(pool, pool.dossiers[0], pool.experts[1])

    assert readers(pool.propose(), pool.dossiers[0]) == {pool.experts[1]}


def test_a_refused_pair_is_not_proposed_though_nobody_knows_better():
    pool = Pool(dossiers=1, experts=2, reviews=1)
    weaken(pool.experts[1])

    wish(pool, pool.dossiers[0], pool.experts[0], "refused")

    assert readers(pool.propose(), pool.dossiers[0]) == {pool.experts[1]}


def test_a_wish_lifted_is_forgotten_by_the_calculation():
    pool = Pool(dossiers=1, experts=2, reviews=1)
    weaken(pool.experts[1])
    said = wish(pool, pool.dossiers[0], pool.experts[1])

    wishing.lift(said, actor=pool.officer)

    assert readers(pool.propose(), pool.dossiers[0]) == {pool.experts[0]}


def test_wishes_beyond_the_places_are_told_not_broken():
    pool = Pool(dossiers=1, experts=3, reviews=1)
    for expert in pool.experts:
        wish(pool, pool.dossiers[0], expert)

    proposal = pool.propose()

    assert readers(proposal, pool.dossiers[0]) == {pool.experts[0]}
    told = telling.unmet(proposal)
    assert len(told) == 2
    assert told[0].endswith("d’autres lecteurs occupent déjà toutes les places du dossier.")


def test_a_wish_that_met_a_conflict_later_is_told():
    pool = Pool(dossiers=1, experts=2, reviews=1)
    wish(pool, pool.dossiers[0], pool.experts[0])
    Interest.objects.create(
        expert=pool.experts[0], dossier=pool.dossiers[0], kind="family", declared_by=pool.officer
    )

    proposal = pool.propose()

    assert readers(proposal, pool.dossiers[0]) == {pool.experts[1]}
    assert "a un lien avec l’entreprise" in telling.unmet(proposal)[0]


def test_a_link_and_a_reading_given_refuse_the_opposite_wish():
    pool = Pool(dossiers=1, experts=2, reviews=1)
    pool.apply()
    reader = Assignment.objects.get().expert

    with pytest.raises(Refused, match="lit déjà ce dossier"):
        wish(pool, pool.dossiers[0], reader, "refused")


def test_one_wish_a_pair_with_a_reason():
    pool = Pool(dossiers=1, experts=1)
    said = wish(pool, pool.dossiers[0], pool.experts[0])
    again = wish(pool, pool.dossiers[0], pool.experts[0], "refused")

    assert (said.pk, Wish.objects.get().kind) == (again.pk, "refused")
    with pytest.raises(IntegrityError, match="wish_has_a_reason"), transaction.atomic():
        Wish.objects.update(reason="")


def test_profiles_are_mixed_when_the_rules_ask_for_it():
    pool = Pool(dossiers=1, experts=3, reviews=2)
    weaken(pool.experts[2])
    wishing.set_rules(pool.call, per_house=1, per_profile=1, actor=pool.officer)
    for expert, profile in zip(pool.experts, ("research", "research", "industry"), strict=True):
        wishing.set_seat(expert.seats.get(), least=0, profile=profile, actor=pool.officer)

    assert pool.experts[2] in readers(pool.propose(), pool.dossiers[0])


def test_a_promised_load_is_kept():
    pool = Pool(dossiers=2, experts=2, reviews=1)
    weaken(pool.experts[1])
    wishing.set_seat(pool.experts[1].seats.get(), least=1, profile="", actor=pool.officer)

    load = pool.propose().load

    assert [load[expert.pk] for expert in pool.experts] == [1, 1]


def test_a_promise_beyond_the_capacity_is_refused():
    pool = Pool(experts=1, capacity=3)

    with pytest.raises(Refused, match="3 dossiers au plus"):
        wishing.set_seat(pool.experts[0].seats.get(), least=4, profile="", actor=pool.officer)


def test_two_of_one_house_may_meet_when_the_rules_say_so():
    pool = Pool(dossiers=1, experts=2, reviews=2)
    for expert in pool.experts:
        expert.organisation = "CNRS"
        expert.save()
    assert not pool.propose().is_possible

    wishing.set_rules(pool.call, per_house=2, per_profile=None, actor=pool.officer)

    assert pool.propose().is_possible


@pytest.mark.parametrize("table", [AssignmentRules, SeatRule])
def test_rules_no_call_can_hold_are_refused_by_the_database(table):
    pool = Pool(experts=1)
    wishing.set_rules(pool.call, per_house=1, per_profile=None, actor=pool.officer)
    wishing.set_seat(pool.experts[0].seats.get(), least=1, profile="", actor=pool.officer)
    field = "per_house" if table is AssignmentRules else "least"

    with pytest.raises(IntegrityError), transaction.atomic():
        table.objects.update(**{field: 0 if field == "per_house" else 201})


def full_pool():
    """Two dossiers read by two experts; a third expert is free."""
    pool = Pool(dossiers=2, experts=2, reviews=1, capacity=1)
    pool.apply()
    return pool


def test_nothing_given_moves_when_a_dossier_comes_in():
    pool = full_pool()
    make_expert(pool.call)
    make_dossier(call=pool.call, state="admissible")

    proposal = pool.propose()

    assert (proposal.moved, len(proposal.new)) == ([], 1)


def test_after_a_refusal_one_reading_not_opened_moves_and_no_more():
    pool = full_pool()
    first = Assignment.objects.get(dossier=pool.dossiers[0])
    spare = make_expert(pool.call, capacity=1)
    for dossier, expert in ((pool.dossiers[0], first.expert), (pool.dossiers[0], spare)):
        Interest.objects.filter(dossier=dossier, expert=expert).delete()
    recuse(first)
    conflict(spare, pool.dossiers[0])

    proposal = pool.propose()
    pool.apply(proposal.digest)

    assert [(a.dossier, a.state) for a in proposal.moved] == [(pool.dossiers[1], "active")]
    refused, moved = Assignment.objects.active().order_by("dossier")
    assert refused.expert == proposal.moved[0].expert
    # Who declined the other dossier is as free as the newcomer: lots decide between them.
    assert moved.expert in {spare, first.expert}


def recuse(assignment):
    Assignment.objects.filter(pk=assignment.pk).update(state="recused")
    conflict(assignment.expert, assignment.dossier)


def conflict(expert, dossier):
    Interest.objects.create(expert=expert, dossier=dossier, kind="family", declared_by=expert.user)


def test_a_reading_opened_by_its_expert_never_moves():
    pool = full_pool()
    first, second = Assignment.objects.order_by("dossier")
    spare = make_expert(pool.call, capacity=1)
    recuse(first)
    conflict(spare, pool.dossiers[0])
    Interest.objects.create(
        expert=second.expert, dossier=second.dossier, kind="none", declared_by=second.expert.user
    )

    proposal = pool.propose()

    assert not proposal.is_possible
    assert [one.dossier for one in proposal.answer.short] == [pool.dossiers[0].reference]
    assert any(told.startswith("Augmentez les charges") for told in telling.ways_out(proposal))
    assert "Invitez 1 expert sans lien avec ces entreprises." in telling.ways_out(proposal)


def test_the_rules_page_keeps_what_is_typed_and_shows_what_it_gives(client):
    pool = Pool(experts=2)
    client.force_login(pool.officer)
    seat = pool.experts[0].seats.get()
    url = f"/affectations/appels/{pool.call.pk}/regles/"
    typed = {"per_house": "2", "per_profile": "", f"least-{seat.pk}": "1"}

    answer = client.post(url, typed | {f"profile-{seat.pk}": "finance"})

    assert answer["Location"] == f"/affectations/appels/{pool.call.pk}/proposition/"
    assert AssignmentRules.objects.get().per_house == 2
    assert (SeatRule.objects.get().least, SeatRule.objects.get().profile) == (1, "finance")


@pytest.mark.parametrize(
    "typed",
    [{"per_house": "0"}, {"per_house": "x"}, {"per_house": "1", "per_profile": "-1"}, {}],
)
def test_rules_that_make_no_sense_are_asked_again(client, typed):
    pool = Pool(experts=1)
    client.force_login(pool.officer)

    page = client.post(f"/affectations/appels/{pool.call.pk}/regles/", typed)

    assert page.status_code == 200
    assert page.context["form"].errors
    assert not AssignmentRules.objects.exists()


def test_the_change_page_shows_the_effect_before_the_act(client):
    pool = Pool(dossiers=2, experts=3, reviews=1)
    pool.apply()
    given = Assignment.objects.get(dossier=pool.dossiers[0])
    other = next(one for one in pool.experts if one != given.expert)
    Expertise.objects.filter(expert=other).update(level=3)
    client.force_login(pool.officer)
    url = f"/affectations/dossiers/{pool.dossiers[0].pk}/lecteurs/{other.pk}/?instead={given.pk}"

    lines = client.get(url).context["lines"]
    client.post(
        f"/evaluations/dossiers/{pool.dossiers[0].pk}/lecteurs/",
        {"expert": other.pk, "instead": given.pk, "reason": "Plus proche du sujet."},
    )

    assert [(line["before"], line["after"], line["change"]) for line in lines] == [
        ("0,67", "1,00", "+0,33"),
        ("0,67", "0,67", "0,00"),
        ("1,33", "1,67", "+0,33"),
    ]
    given.refresh_from_db()
    assert given.state == "removed"
    assert pool.dossiers[0].assignments.active().get().expert == other


def test_a_change_that_cannot_be_is_said_and_undone_whole(client):
    pool = Pool(dossiers=1, experts=2, reviews=1)
    pool.apply()
    given = Assignment.objects.get()
    other = next(one for one in pool.experts if one != given.expert)
    conflict(other, pool.dossiers[0])
    client.force_login(pool.officer)

    page = client.get(f"/affectations/dossiers/{pool.dossiers[0].pk}/lecteurs/{other.pk}/")
    client.post(
        f"/evaluations/dossiers/{pool.dossiers[0].pk}/lecteurs/",
        {"expert": other.pk, "instead": given.pk},
    )

    assert "lien avec l’entreprise" in page.content.decode()
    given.refresh_from_db()
    assert given.state == "active"


def test_the_change_page_costs_the_same_for_one_and_three_readings(client, count_queries):
    pool = Pool(dossiers=1, experts=4, reviews=1)
    client.force_login(pool.officer)
    url = f"/affectations/dossiers/{pool.dossiers[0].pk}/lecteurs/{pool.experts[3].pk}/"
    make_assignment(dossier=pool.dossiers[0], expert=pool.experts[0])
    one = count_queries(lambda: client.get(url))
    for expert in pool.experts[1:3]:
        make_assignment(dossier=pool.dossiers[0], expert=expert)

    assert count_queries(lambda: client.get(url)) == one == 11


def test_a_wish_is_said_shown_and_lifted_from_the_pages(client):
    pool = Pool(dossiers=1, experts=2)
    client.force_login(make_staff(pool.call.programme))
    readers_page = f"/affectations/dossiers/{pool.dossiers[0].pk}/"
    url = f"{readers_page}lecteurs/{pool.experts[0].pk}/souhait/"

    missing = client.post(url, {"kind": "wanted", "reason": " "})
    client.post(url, {"kind": "wanted", "reason": "Connaît le procédé."})
    shown = client.get(readers_page).content.decode()
    client.post(f"/affectations/souhaits/{Wish.objects.get().pk}/lever/")

    assert "vos collègues le liront" in missing.content.decode()
    assert "Connaît le procédé." in shown
    assert not Wish.objects.exists()
