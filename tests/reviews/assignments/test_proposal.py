import json

import pytest

from reviews.assignments import telling
from reviews.assignments.matching import assign
from reviews.assignments.problem import read_problem
from reviews.experts.models import Expertise, Interest
from tests.factories import join, make_assignment, make_expert
from tests.reviews.assignments.scene import Pool

pytestmark = pytest.mark.django_db


def readers(proposal, dossier):
    return {expert for found, expert in proposal.pairs if found == dossier}


def test_each_dossier_gets_its_number_of_readers():
    pool = Pool(dossiers=3, experts=4, reviews=2)

    proposal = pool.propose()

    assert [len(readers(proposal, dossier)) for dossier in pool.dossiers] == [2, 2, 2]
    assert len(proposal.new) == 6


def test_the_expert_of_the_theme_is_chosen_and_told_in_words():
    pool = Pool(dossiers=1, experts=2, reviews=1)
    theme = pool.dossiers[0].theme
    Expertise.objects.filter(expert=pool.experts[1], theme=theme).update(level=3)

    [choice] = pool.propose().new

    assert choice.expert == pool.experts[1]
    assert choice.because == (
        "Niveau «\u202fRéférence\u202f» sur le thème Énergie (affinité 1,00). "
        "Aucun lien d’intérêt connu. Sa charge passe à 1 sur 12."
    )


@pytest.mark.parametrize("left_out", ["unsigned", "declined", "conflicted", "deactivated"])
def test_who_may_not_read_is_not_proposed(left_out):
    pool = Pool(dossiers=1, experts=1, reviews=1)
    out = make_expert(pool.call, level=3, signed=left_out != "unsigned")
    if left_out == "declined":
        seat = out.seats.get()
        seat.declined_at, seat.declined_because = seat.undertaking_signed_at, "Pas le temps."
        seat.save()
    if left_out == "conflicted":
        conflict(out, pool.dossiers[0])
    if left_out == "deactivated":
        out.user.is_active = False
        out.user.save()

    assert readers(pool.propose(), pool.dossiers[0]) == {pool.experts[0]}


def conflict(expert, dossier):
    return Interest.objects.create(
        expert=expert, dossier=dossier, kind=Interest.Kind.FAMILY, declared_by=expert.user
    )


def test_readings_already_given_are_kept():
    pool = Pool(dossiers=1, experts=3, reviews=2)
    pool.dossiers[0].state = "in_review"
    pool.dossiers[0].save()
    make_assignment(dossier=pool.dossiers[0], expert=pool.experts[2])

    proposal = pool.propose()

    assert pool.experts[2] in readers(proposal, pool.dossiers[0])
    assert len(proposal.new) == 1


def test_readings_beyond_capacity_or_number_do_not_break_the_problem():
    pool = Pool(dossiers=2, experts=3, reviews=1, capacity=1)
    pool.dossiers[0].state = "in_review"
    pool.dossiers[0].save()
    for expert in pool.experts[:2]:
        make_assignment(dossier=pool.dossiers[0], expert=expert)

    proposal = pool.propose()

    assert [(c.dossier, c.expert) for c in proposal.new] == [(pool.dossiers[1], pool.experts[2])]


def test_two_readers_of_one_house_never_meet_on_a_dossier():
    pool = Pool(dossiers=1, experts=3, reviews=2)
    for expert in pool.experts[:2]:
        expert.organisation = "CNRS"
        expert.save()

    assert pool.experts[2] in readers(pool.propose(), pool.dossiers[0])


@pytest.mark.parametrize("by", ["siren", "domain", "person"])
def test_a_link_seen_in_the_data_keeps_the_expert_away(by):
    pool = Pool(dossiers=1, experts=2, reviews=1)
    expert, organisation = pool.experts[0], pool.dossiers[0].organisation
    if by == "siren":
        expert.siren = organisation.siren
        expert.save()
    if by == "domain":
        expert.user.email = "directeur@exemple.fr"
        expert.user.save()
    if by == "person":
        join(expert.user, organisation)

    proposal = pool.propose()

    assert [(f.expert, f.dossier) for f in proposal.situation.detected] == [
        (expert, pool.dossiers[0])
    ]
    assert readers(proposal, pool.dossiers[0]) == {pool.experts[1]}
    assert not Interest.objects.exists()


def test_the_word_of_an_expert_does_not_undo_what_the_data_show():
    pool = Pool(dossiers=1, experts=1, reviews=1)
    expert = pool.experts[0]
    expert.siren = pool.dossiers[0].organisation.siren
    expert.save()
    Interest.objects.create(
        expert=expert, dossier=pool.dossiers[0], kind="none", declared_by=expert.user
    )

    [found] = pool.propose().situation.detected
    assert (found.expert, found.kind, found.score) == (expert, Interest.Kind.EMPLOYMENT, 1)


@pytest.mark.parametrize(
    ("pool", "told"),
    [
        ({"experts": 1, "reviews": 2}, "ont déjà toute leur charge"),
        ({"experts": 2, "reviews": 2, "capacity": 0}, "ont déjà toute leur charge"),
    ],
)
def test_a_shortage_names_the_dossier_and_the_remedy(pool, told):
    pool = Pool(dossiers=1, **pool)

    proposal = pool.propose()

    [line] = telling.shortages(proposal)
    assert line.startswith(pool.dossiers[0].reference)
    assert told in line
    assert not proposal.is_possible


def test_a_shortage_by_conflict_says_so():
    pool = Pool(dossiers=1, experts=2, reviews=2)
    conflict(pool.experts[0], pool.dossiers[0])

    [line] = telling.shortages(pool.propose())

    assert line.endswith(
        "il manque 1 lecteur. Trop d’experts ont un lien avec l’entreprise\u202f: "
        "invitez quelqu’un sans lien."
    )


def test_a_dossier_nobody_knows_is_said_to_be_under_the_floor():
    pool = Pool(dossiers=1, experts=1, reviews=1)
    Expertise.objects.filter(expert=pool.experts[0]).delete()

    [line] = telling.under_floor(pool.propose())

    assert "Il manque un expert en Énergie." in line


def test_no_dossier_is_no_problem():
    pool = Pool(dossiers=0, experts=1)

    proposal = pool.propose()

    assert (proposal.problem, proposal.new, proposal.is_possible) == (None, [], False)


def test_anybody_can_solve_the_problem_again():
    pool = Pool(dossiers=4, experts=5, reviews=2)
    proposal = pool.propose()

    again = assign(read_problem(json.loads(json.dumps(proposal.document))))

    assert again.pairs == proposal.answer.pairs


def test_plan_costs_the_same_for_one_and_three_dossiers(client, count_queries):
    one, three = Pool(dossiers=1), Pool(dossiers=3)
    client.force_login(one.officer)
    first = count_queries(lambda: client.get(f"/affectations/appels/{one.call.pk}/proposition/"))
    client.force_login(three.officer)
    second = count_queries(lambda: client.get(f"/affectations/appels/{three.call.pk}/proposition/"))

    assert first == second == 12
