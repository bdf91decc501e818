import pytest
from django.urls import reverse

from grants.dossiers.operations import save_answer
from grants.formbuilder import operations
from grants.formbuilder.building import digest
from grants.programmes.models import Call
from grants.programmes.states import Role
from tests.factories import make_call, make_dossier, make_organisation, make_staff, make_user
from tests.grants.formbuilder.scene import FORM, keys, make_scene, newest, seen, stored

pytestmark = pytest.mark.django_db


def test_list_shows_sections_questions_and_their_conditions(page, call):
    told = page.read("form")

    assert "Lesquelles ?" in told
    assert "200 mots au plus" in told
    assert page.url("question", "aids") in told


def test_second_manager_finds_both_texts_on_the_page(page, call):
    before = seen(call, "aids")
    given = {"section": "projet", "confidentiality": "secret"}
    page.send("question", "aids", label="Quelles aides ?", seen=before, **given)

    other = make_staff(call.programme, Role.MANAGER)
    page.client.force_login(other)
    response = page.send("question", "aids", label="Aides publiques", seen=before, **given)

    told = response.content.decode()
    assert response.status_code == 409
    assert f"{call.manager} a modifié cette question" in told
    assert "Quelles aides ?" in told
    assert 'value="Aides publiques"' in told
    again = page.send(
        "question", "aids", label="Aides publiques", seen=response.context["seen"], **given
    )
    assert again.status_code == 302
    assert stored(call, "aids")["label"] == "Aides publiques"


def test_section_is_added_and_renamed(page, call):
    page.send("new_section", title="Équipe", seen=digest({}))
    assert list(keys(call)) == ["projet", "budget", "equipe"]

    page.send("section", "equipe", title="Votre équipe", intro="Qui ?", seen=seen(call, "equipe"))
    section = newest(call).definition["sections"][2]
    assert (section["title"], section["intro"]) == ("Votre équipe", "Qui ?")


def test_moving_answers_with_the_list_alone_when_the_page_stays(page, call):
    plain = page.send("move", key="aids", way="up")
    assert plain["Location"] == page.url("form") + "#line-aids"

    given = {"key": "aids", "way": "down"}
    swapped = page.client.post(page.url("move"), given, HTTP_HX_REQUEST="true")
    told = swapped.content.decode()
    assert "<html" not in told
    assert told.index("line-aided") < told.index("line-aids")


def test_removed_question_comes_back(page, call):
    page.send("remove", key="aids", seen=seen(call, "aids"))
    assert "aids" not in keys(call)["projet"]
    assert page.client.get(page.url("question", "aids"))["Location"] == page.url("form")

    page.send("restore", key="aids")
    assert "aids" in keys(call)["projet"]


def test_preview_shows_the_form_being_prepared_and_stores_nothing(page, call):
    page.ask("iban", label="Votre IBAN")

    told = page.read("preview")

    assert "Votre IBAN" in told
    assert "Secret des affaires" in told
    assert not call.dossiers.exists()


def test_question_is_shown_while_it_is_being_set(page, call):
    given = {"section": "budget", "confidentiality": "bank", "label": "Votre IBAN", "help": "RIB."}
    query = "?kind=iban&section=budget"

    told = page.send("sample", query=query, **given).content.decode()
    unfinished = page.send("sample", query=query, **{**given, "label": ""}).content.decode()

    assert all(text in told for text in ("Votre IBAN", "RIB.", "Coordonnées bancaires"))
    assert "quand la question est complète" in unfinished
    assert call.forms.count() == 1
    of_stored = page.send("sample", query="?key=aids", section="projet", label="Aides ?",
                          words="50", confidentiality="secret")  # fmt: skip
    assert 'data-limit="50"' in of_stored.content.decode()
    assert page.send("sample", query="?kind=poem&section=budget").status_code == 404


def test_revision_is_read_then_published(page, call):
    page.ask("iban", label="Votre IBAN")
    response = page.client.get(page.url("publish"))
    assert [c.label for c in response.context["changes"]] == ["Votre IBAN"]

    page.send("publish", seen=response.context["seen"])

    assert call.forms.published().count() == 2
    assert "Votre IBAN" in page.read("versions")


def test_applicant_reads_what_changed_until_told_so(client, call):
    author = make_user()
    dossier = make_dossier(
        call=call, organisation=make_organisation(owner=author), author=author, state="draft"
    )
    save_answer(dossier, "aids", "ADEME, 12 000 €", version=0, actor=author)
    operations.remove(call, "aids", seen=seen(call, "aids"), actor=call.manager)
    draft = call.forms.get(published_at=None)
    operations.publish_form(call, seen=digest(draft.definition), actor=call.manager)
    client.force_login(author)
    pages = [dossier.get_absolute_url(), reverse("dossiers:section", args=[dossier.pk, "projet"]),
             reverse("dossiers:check", args=[dossier.pk])]  # fmt: skip

    for url in pages:
        told = client.get(url).content.decode()
        assert "Le formulaire a changé" in told
        assert "ADEME, 12 000 €" in told
    client.post(reverse("dossiers:acknowledge_form", args=[dossier.pk]))
    assert "Le formulaire a changé" not in client.get(pages[0]).content.decode()


def test_page_of_a_section_retired_under_its_author_keeps_the_text(client, call):
    author = make_user()
    dossier = make_dossier(
        call=call, organisation=make_organisation(owner=author), author=author, state="draft"
    )
    operations.remove(call, "budget", seen=seen(call, "budget"), actor=call.manager)
    draft = call.forms.get(published_at=None)
    operations.publish_form(call, seen=digest(draft.definition), actor=call.manager)
    client.force_login(author)
    url = reverse("dossiers:section", args=[dossier.pk, "budget"])

    response = client.post(url, {"cost": "1 000,50", "version-cost": "0"})

    assert response["Location"] == dossier.get_absolute_url()
    assert dossier.answers.get(key="cost").value == "1000.50"


def test_call_is_repeated_one_year_later_in_one_act(page, call):
    shown = page.client.get(page.url("clone")).context["form"]
    fields = {name: shown[name].value() for name in shown.fields if shown[name].value() is not None}
    response = page.send("clone", **{
        **{name: shown[name].field.prepare_value(value) for name, value in fields.items()},
        **{name: fields[name].strftime("%Y-%m-%dT%H:%M") for name in
           ("opens_at", "closes_at", "reviews_due_at")},
        "code": "SUITE",
    })  # fmt: skip

    assert response.status_code == 302, response.context["form"].errors
    clone = Call.objects.get(code="SUITE")
    assert clone.year == call.year + 1
    assert clone.closes_at.year == call.closes_at.year + 1
    assert clone.forms.get().definition["sections"] == FORM["sections"]


def test_repeated_call_refuses_the_hour_that_does_not_exist(page, call):
    response = page.send("clone", code="SUITE", closes_at="2027-03-28T02:30")

    assert "Cette heure n’existe pas" in str(response.context["form"].errors["closes_at"])
    assert not Call.objects.filter(code="SUITE").exists()


def test_pages_cost_the_same_for_one_and_thirty_questions(client, count_queries):
    short = make_scene()
    wide = make_call(short.programme, definition={"sections": [
        {"key": "s", "title": "S", "questions": [
            {"key": f"q{n}", "kind": "money", "label": f"Q{n}"} for n in range(30)]}]})  # fmt: skip
    client.force_login(short.manager)

    for name, cost in (("form", 5), ("preview", 5), ("versions", 5)):
        for call in (short, wide):
            url = reverse(f"formbuilder:{name}", args=[call.pk])
            client.get(url)
            assert count_queries(lambda url=url: client.get(url)) == cost
