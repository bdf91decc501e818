"""What authors and officers see of marks to read again, and say there."""

import pytest

from reviews.evaluations.stale import Ground, StaleFlag
from tests.factories import make_staff
from tests.reviews.evaluations.stale_scene import Scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return Scene()


def author_of(evaluation):
    return evaluation.assignment.expert.user


def flagged(evaluation):
    return [flag.score.criterion.key for flag in StaleFlag.objects.on(evaluation)]


def only_flag(evaluation):
    return StaleFlag.objects.on(evaluation).get()


def test_readers_keep_the_dossier_while_it_is_being_completed(client, scene):
    scene.ask("summary")
    client.force_login(author_of(scene.draft))

    page = client.get(f"/evaluations/{scene.draft.pk}/").content.decode()

    assert "Un client pilote" in page
    assert "la grille rouvre à la réception" in page


def test_the_author_reads_and_confirms_on_one_page(client, scene):
    scene.complete(summary="Deux clients pilotes")
    client.force_login(author_of(scene.ours))
    url = f"/evaluations/{scene.ours.pk}/complement/"

    page = client.get(url).content.decode()
    assert "<ins>Deux " in page
    assert "Lire ce qui a changé" in client.get(f"/evaluations/{scene.ours.pk}/").content.decode()
    assert "À relire" in client.get("/evaluations/").content.decode()
    client.post(url, {"flag": only_flag(scene.ours).pk, "act": "confirm"})

    assert "Vous n’avez plus rien à relire" in client.get(url).content.decode()
    assert "À relire" not in client.get("/evaluations/").content.decode()


@pytest.mark.parametrize("flag", ["", "x", "0", "99999999999", "²"])
def test_an_unknown_flag_is_answered_with_a_sentence(client, scene, flag):
    client.force_login(author_of(scene.ours))

    page = client.post(
        f"/evaluations/{scene.ours.pk}/complement/", {"flag": flag, "act": "confirm"}
    ).content.decode()

    assert "Cette note est déjà confirmée ou revue." in page


def test_a_refused_revision_keeps_what_was_typed(client, scene):
    scene.complete(summary="Deux clients pilotes")
    client.force_login(author_of(scene.ours))
    flag = only_flag(scene.ours).pk

    page = client.post(
        f"/evaluations/{scene.ours.pk}/complement/",
        {"flag": flag, "act": "revise", "score": "9", "comment": "Tapé longuement."},
    ).content.decode()

    assert "Tapé longuement." in page
    assert "Choisissez une note entière de 0 à 5." in page
    assert f'href="#comment-{flag}"' in page


@pytest.mark.parametrize("comment", ["", "Tapé\0 longuement.", "x" * 6_000])
def test_the_mark_chosen_stays_when_its_words_are_refused(client, scene, comment):
    scene.complete(summary="Deux clients pilotes")
    client.force_login(author_of(scene.ours))
    flag = only_flag(scene.ours).pk

    page = client.post(
        f"/evaluations/{scene.ours.pk}/complement/",
        {"flag": flag, "act": "revise", "score": "1", "comment": comment},
    ).content.decode()

    assert 'value="1" checked' in page
    assert 'aria-describedby="comment-error"' in page
    assert comment.replace("\0", "") in page


def test_officers_see_the_open_flags(client, scene):
    scene.complete(summary="Deux clients pilotes")
    client.force_login(scene.officer)

    page = client.get(f"/evaluations/appels/{scene.call.pk}/a-relire/").content.decode()

    assert "2 notes à relire" in page.replace("\u202f", " ").replace("\u00a0", " ")
    assert str(scene.ours.assignment.expert) in page


def test_the_open_flags_cost_the_same_for_two_and_six(client, count_queries, scene):
    scene.complete(summary="Deux clients pilotes")
    client.force_login(scene.officer)
    url = f"/evaluations/appels/{scene.call.pk}/a-relire/"
    few = count_queries(lambda: client.get(url))
    for _n in range(4):
        scene.read(scores={"innovation": 3})
    scene.complete(summary="Trois clients pilotes")

    assert StaleFlag.objects.open().count() == 6
    assert count_queries(lambda: client.get(url)) == few == 6


def test_a_manager_says_what_each_criterion_rests_on(client, scene):
    manager = make_staff(scene.call.programme, "manager")
    client.force_login(manager)
    innovation = scene.call.criteria.get(key="innovation")
    url = f"/evaluations/appels/{scene.call.pk}/questions/"

    page = client.get(url).content.decode()
    assert "Résumé" in page
    assert "Compte" not in page
    client.post(url, {f"c{innovation.pk}": ["market", "iban", "unknown"]})

    assert list(Ground.objects.values_list("criterion__key", "key")) == [("innovation", "market")]
