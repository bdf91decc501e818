import pytest

from reviews.evaluations.grid import fields_of
from reviews.evaluations.models import Evaluation
from tests.factories import make_assignment, make_dossier, make_evaluation, make_expert, make_staff
from tests.reviews.evaluations.file_scene import author_of, dossier_with_file, save
from tests.reviews.evaluations.test_operations import complete, names

pytestmark = pytest.mark.django_db


@pytest.fixture
def evaluation():
    return make_evaluation(assignment=make_assignment(dossier=dossier_with_file()))


def test_a_field_is_saved_while_typing(client, evaluation):
    client.force_login(author_of(evaluation))
    mark, *_rest = names(evaluation)

    answer = save(client, evaluation, mark, "4")

    told = answer.json()
    assert (answer.status_code, told["errors"]) == (200, [])
    assert told["version"] == fields_of(evaluation)[mark].version
    assert told["progress"] == "1/2 critères notés"


@pytest.mark.parametrize("typed", ["6", "-1", "1e5", "NaN"])
def test_a_mark_off_the_scale_is_answered_422(client, evaluation, typed):
    client.force_login(author_of(evaluation))
    mark, *_rest = names(evaluation)

    answer = save(client, evaluation, mark, typed)

    assert (answer.status_code, answer.json()["errors"]) == (
        422,
        ["Choisissez une note entière de 0 à 5."],
    )


def test_two_tabs_are_answered_409_with_the_other_text(client, evaluation):
    client.force_login(author_of(evaluation))
    seen = fields_of(evaluation)["strengths"].version
    save(client, evaluation, "strengths", "Premier.", seen)

    answer = save(client, evaluation, "strengths", "Second.", seen)

    assert (answer.status_code, answer.json()["theirs"]) == (409, "Premier.")


def test_an_expired_session_is_answered_401_with_the_way_back(client, evaluation):
    answer = save(client, evaluation, "strengths", "Perdu ?")

    assert answer.status_code == 401
    assert answer.json()["login"].endswith(f"?next=/evaluations/{evaluation.pk}/")


def test_a_nul_byte_is_refused_in_words(client, evaluation):
    client.force_login(author_of(evaluation))

    answer = save(client, evaluation, "strengths", "a\0b")

    assert answer.status_code == 400
    assert fields_of(evaluation)["strengths"].text == ""


def test_handing_in_an_incomplete_grid_lists_what_is_missing_and_keeps_the_text(client):
    evaluation = make_evaluation()
    client.force_login(author_of(evaluation))
    mark, comment, _other = names(evaluation)

    page = client.post(
        f"/evaluations/{evaluation.pk}/remettre/", {mark: "4", comment: "Bien.", "strengths": ""}
    )

    content = page.content.decode()
    assert "5 points à compléter" in content
    assert "Bien." in content
    assert fields_of(evaluation)[mark].value == 4
    evaluation.refresh_from_db()
    assert evaluation.state == "draft"


def test_a_double_click_hands_in_once(client):
    evaluation, author = complete()
    client.force_login(author)
    url = f"/evaluations/{evaluation.pk}/remettre/"

    answers = [client.post(url).status_code, client.post(url).status_code]

    assert answers == [302, 302]
    assert evaluation.history.count() == 1


def test_without_a_script_the_draft_is_saved_by_its_button(client):
    evaluation = make_evaluation()
    client.force_login(author_of(evaluation))
    mark, comment, _other = names(evaluation)

    client.post(f"/evaluations/{evaluation.pk}/brouillon/", {mark: "2", comment: "Court."})

    assert (fields_of(evaluation)[mark].value, fields_of(evaluation)[comment].text) == (
        2,
        "Court.",
    )


def test_without_a_script_an_older_tab_overwrites_nothing(client):
    evaluation = make_evaluation(strengths="Le bon texte.")
    client.force_login(author_of(evaluation))

    page = client.post(
        f"/evaluations/{evaluation.pk}/brouillon/",
        {"strengths": "L’ancien.", "version-strengths": "0" * 16},
    )

    content = page.content.decode()
    assert "a changé dans un autre onglet" in content
    assert "L’ancien." in content
    assert fields_of(evaluation)["strengths"].text == "Le bon texte."


def test_what_was_handed_in_stays_readable_to_its_author(client):
    evaluation, author = complete()
    client.force_login(author)
    client.post(f"/evaluations/{evaluation.pk}/remettre/")

    page = client.get(f"/evaluations/{evaluation.pk}/").content.decode()

    assert "Évaluation remise le" in page
    assert "<textarea" not in page


def test_before_the_declaration_only_the_heading_shows(client):
    assignment = make_assignment(declared=False)
    client.force_login(assignment.expert.user)

    desk = client.get("/evaluations/").content.decode()
    page = client.get(f"/evaluations/lectures/{assignment.pk}/interets/")

    assert f"/evaluations/lectures/{assignment.pk}/interets/" in desk
    assert assignment.dossier.organisation.name in page.content.decode()
    siren = assignment.dossier.organisation.siren
    assert f"{siren[:3]}\u202f{siren[3:6]}\u202f{siren[6:]}" in page.content.decode()


def test_declaring_no_link_opens_the_grid(client):
    assignment = make_assignment(declared=False)
    client.force_login(assignment.expert.user)

    answer = client.post(f"/evaluations/lectures/{assignment.pk}/interets/", {"kind": "none"})

    assert answer["Location"] == f"/evaluations/{Evaluation.objects.get().pk}/"


def test_another_link_asks_for_words(client):
    assignment = make_assignment(declared=False)
    client.force_login(assignment.expert.user)

    page = client.post(f"/evaluations/lectures/{assignment.pk}/interets/", {"kind": "other"})

    assert "Décrivez ce lien" in page.content.decode()
    assignment.refresh_from_db()
    assert assignment.state == "active"


def test_a_draft_never_shows_to_the_programme(client):
    evaluation = make_evaluation(strengths="Encore secret.")
    client.force_login(make_staff(evaluation.assignment.dossier.call.programme))

    page = client.get(f"/evaluations/dossiers/{evaluation.assignment.dossier_id}/")

    assert "Encore secret." not in page.content.decode()
    assert page.context["awaited"] == 1


def test_the_programme_reads_and_reopens_with_a_reason(client):
    evaluation = make_evaluation(submitted=True, strengths="Très solide.")
    client.force_login(make_staff(evaluation.assignment.dossier.call.programme))
    url = f"/evaluations/dossiers/{evaluation.assignment.dossier_id}/"

    page = client.get(url).content.decode()
    refused = client.post(f"/evaluations/{evaluation.pk}/rouvrir/", {"reason": ""})
    client.post(f"/evaluations/{evaluation.pk}/rouvrir/", {"reason": "Note inversée."})

    assert "Très solide." in page
    assert "l’expert le lira" in refused.content.decode()
    evaluation.refresh_from_db()
    assert evaluation.state == "draft"


def test_a_refused_reopening_keeps_the_words_and_leads_to_them(client):
    evaluation = make_evaluation(submitted=True)
    client.force_login(make_staff(evaluation.assignment.dossier.call.programme))

    page = client.post(f"/evaluations/{evaluation.pk}/rouvrir/", {"reason": "Trop long. " * 60})

    html = page.content.decode()
    assert "Trop long. Trop long." in html
    assert f'href="#reason-{evaluation.pk}"' in html
    assert 'aria-invalid="true" aria-describedby="reason-error"' in html


def test_an_empty_desk_says_what_comes_next(client):
    expert = make_expert()
    client.force_login(expert.user)

    assert "Aucun dossier à évaluer" in client.get("/evaluations/").content.decode()


def test_desk_costs_the_same_for_one_and_three_dossiers(client, count_queries):
    evaluation = make_evaluation()
    expert, call = evaluation.assignment.expert, evaluation.assignment.dossier.call
    client.force_login(expert.user)
    one = count_queries(lambda: client.get("/evaluations/"))
    for _ in range(2):
        dossier = make_dossier(call=call, state="in_review")
        make_evaluation(assignment=make_assignment(dossier=dossier, expert=expert))

    assert count_queries(lambda: client.get("/evaluations/")) == one == 6


def test_the_grid_and_its_saving_cost_few_queries(client, count_queries, evaluation):
    client.force_login(author_of(evaluation))
    mark, *_rest = names(evaluation)

    assert count_queries(lambda: client.get(f"/evaluations/{evaluation.pk}/")) == 9
    assert count_queries(lambda: save(client, evaluation, mark, "4")) == 14


def test_evaluations_of_a_dossier_cost_the_same_for_one_and_three(client, count_queries):
    evaluation = make_evaluation(submitted=True)
    dossier = evaluation.assignment.dossier
    client.force_login(make_staff(dossier.call.programme))
    url = f"/evaluations/dossiers/{dossier.pk}/"
    one = count_queries(lambda: client.get(url))
    for _ in range(2):
        make_evaluation(assignment=make_assignment(dossier=dossier), submitted=True)

    assert count_queries(lambda: client.get(url)) == one == 9


def test_a_refusal_is_a_sentence_not_an_error_page(client):
    evaluation, author = complete()
    dossier = evaluation.assignment.dossier
    dossier.state = "ranked"
    dossier.save()
    client.force_login(author)

    page = client.post(f"/evaluations/{evaluation.pk}/remettre/", follow=True)

    assert "L’évaluation de ce dossier est close" in page.content.decode()
