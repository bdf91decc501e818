import json

import pytest
from django.urls import reverse

from grants.dossiers.operations import save_answer
from grants.formbuilder import operations
from grants.formbuilder.building import digest
from grants.formbuilder.definition import KINDS
from grants.formbuilder.words import HELPS
from grants.formbuilder.words import KINDS as NAMES
from grants.programmes.models import Call
from grants.programmes.states import Role
from tests.factories import make_call, make_dossier, make_organisation, make_staff, make_user
from tests.grants.formbuilder.scene import FORM, keys, make_scene, newest, seen, stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return make_scene()


@pytest.fixture
def page(client, call):
    client.force_login(call.manager)
    return Page(client, call)


class Page:
    """The pages of one call for its manager."""

    def __init__(self, client, call):
        self.client, self.call = client, call

    def url(self, name, *args):
        return reverse(f"formbuilder:{name}", args=[self.call.pk, *args])

    def read(self, name, *args, query=""):
        return self.client.get(self.url(name, *args) + query).content.decode()

    def send(self, name, *args, query="", **fields):
        return self.client.post(self.url(name, *args) + query, fields)

    def ask(self, kind, **fields):
        """Add a question to the second section."""
        given = {"section": "budget", "confidentiality": "secret", "seen": digest({}), **fields}
        return self.send("new_question", query=f"?kind={kind}&section=budget", **given)

    def error(self, response):
        return " ".join(
            error for errors in response.context["form"].errors.values() for error in errors
        )


def rows(*lines):
    return json.dumps(lines)


def test_every_kind_has_its_name_and_its_help():
    assert set(NAMES) == set(HELPS) == KINDS


def test_list_shows_sections_questions_and_their_conditions(page, call):
    told = page.read("form")

    assert "Lesquelles ?" in told
    assert "200 mots au plus" in told
    assert page.url("question", "aids") in told


@pytest.mark.parametrize("kind", sorted(KINDS - {"one_of", "several_of", "table", "computed"}))
def test_question_of_every_plain_kind_is_added(page, call, kind):
    assert page.client.get(page.url("new_question") + f"?kind={kind}").status_code == 200

    response = page.ask(kind, label="Une question", required="on")

    assert response.status_code == 302
    assert stored(call, "une_question") == {
        "key": "une_question", "kind": kind, "label": "Une question", "required": True,
        "confidentiality": "secret",
    }  # fmt: skip


def test_limits_are_read_by_their_kind(page, call):
    page.ask("money", label="Aide", least="1 000,50", most="200 000")
    page.ask("long_text", label="Récit", words="400", characters="3000")
    page.ask("file", label="Pièce", files_most="3")

    aide = stored(call, "aide")
    assert (aide["least"], aide["most"]) == ("1000.50", "200000.00")
    assert (stored(call, "recit")["words"], stored(call, "recit")["characters"]) == (400, 3000)
    assert stored(call, "piece")["files_most"] == 3


@pytest.mark.parametrize("text", ["1e5", "NaN", "١٢", "beaucoup"])
def test_limit_that_is_no_number_is_told_at_its_field(page, call, text):
    response = page.ask("money", label="Aide", least=text)

    assert response.status_code == 422
    assert "Écrivez un nombre" in response.context["form"].errors["least"][0]
    assert text in response.content.decode()
    assert call.forms.count() == 1


def test_minimum_above_maximum_is_told(page, call):
    response = page.ask("money", label="Aide", least="10", most="5")

    assert response.status_code == 422
    assert "dépasse la maximale" in page.error(response)


@pytest.mark.parametrize("text", ["a\x07b", "a\u202eb"])
def test_text_no_page_can_give_back_is_refused(page, call, text):
    response = page.ask("short_text", label=text)

    assert response.status_code == 422
    assert response.context["form"].errors["label"]


def test_ten_megabytes_are_refused_in_words(page, call):
    response = page.ask("short_text", label="Aide", help="é" * 1_000_000)

    assert response.status_code == 422
    assert response.context["form"].errors["help"]


def test_choices_keep_their_keys_when_renamed(page, call):
    page.ask("one_of", label="Étape", choices=rows({"label": "Premier"}, {"label": "Second"}))
    assert stored(call, "etape")["choices"] == [["premier", "Premier"], ["second", "Second"]]

    renamed = rows({"key": "premier", "label": "Premier produit"}, {"key": "", "label": "Autre"})
    page.send(
        "question", "etape", section="budget", label="Étape", confidentiality="public",
        choices=renamed, seen=seen(call, "etape"),
    )  # fmt: skip

    assert stored(call, "etape")["choices"] == [["premier", "Premier produit"], ["autre", "Autre"]]


def test_choices_typed_without_a_script_arrive_too(page, call):
    given = {"choices-0-label": "Un", "choices-1-label": "Deux", "choices-2-label": ""}

    page.ask("several_of", label="Lieux", **given)

    assert stored(call, "lieux")["choices"] == [["un", "Un"], ["deux", "Deux"]]


def test_one_choice_is_no_choice(page, call):
    response = page.ask("one_of", label="Étape", choices=rows({"label": "Seul"}))

    assert response.status_code == 422
    assert "au moins deux choix" in page.error(response)


def test_table_is_made_of_typed_columns_with_totals(page, call):
    columns = rows(
        {"label": "Poste", "kind": "short_text", "required": "true"},
        {"label": "Nature", "kind": "one_of", "choices": "Personnel ; Achats"},
        {"label": "Montant", "kind": "money", "total": "true"},
    )

    page.ask("table", label="Dépenses", rows_least="1", rows_most="20", columns=columns)

    asked = stored(call, "depenses")
    assert (asked["rows_least"], asked["rows_most"]) == (1, 20)
    assert asked["columns"] == [
        {"key": "poste", "label": "Poste", "kind": "short_text", "required": True},
        {"key": "nature", "label": "Nature", "kind": "one_of",
         "choices": [["personnel", "Personnel"], ["achats", "Achats"]]},
        {"key": "montant", "label": "Montant", "kind": "money", "total": True},
    ]  # fmt: skip


def test_column_of_another_nature_is_another_column(page, call):
    page.ask("table", label="Dépenses", columns=rows({"label": "Montant", "kind": "money"}))

    other = rows({"key": "montant", "label": "Montant", "kind": "short_text"})
    page.send("question", "depenses", section="budget", label="Dépenses", columns=other,
              confidentiality="secret", seen=seen(call, "depenses"))  # fmt: skip

    assert [column["key"] for column in stored(call, "depenses")["columns"]] == ["montant_2"]


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ([], "au moins une colonne"),
        ([{"label": "Nature", "kind": "one_of", "choices": "Seul"}], "séparés"),
        ([{"label": "", "kind": "money"}], "un nom et une nature"),
        ([{"label": "Pièce", "kind": "file"}], "un nom et une nature"),
    ],
)
def test_table_that_cannot_be_filled_is_told(page, call, columns, sentence):
    response = page.ask("table", label="Dépenses", columns=rows(*columns))

    assert response.status_code == 422
    assert sentence in page.error(response)


def test_condition_is_typed_in_the_words_of_the_answers(page, call):
    condition = rows({"question": "aided", "is": "equals", "value": "Oui"},
                     {"question": "aids", "is": "given", "value": ""})  # fmt: skip

    page.ask("money", label="Montant des aides", joined="any", condition=condition)

    assert stored(call, "montant_des_aides")["condition"] == {
        "any": [{"question": "aided", "is": "equals", "value": True},
                {"question": "aids", "is": "given"}]
    }  # fmt: skip
    assert 'value="oui"' in page.read("question", "montant_des_aides")


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"question": "aided", "is": "equals", "value": "peut-être"}, "réponse possible"),
        ({"question": "cost", "is": "above", "value": "1e5"}, "réponse possible"),
        ({"question": "cost", "is": "holds", "value": "1"}, "ne convient pas"),
        ({"question": "nowhere", "is": "given", "value": ""}, "parmi les précédentes"),
    ],
)
def test_condition_that_cannot_be_judged_is_told(page, call, row, sentence):
    response = page.ask("money", label="Montant", joined="all", condition=rows(row))

    assert response.status_code == 422
    assert sentence in page.error(response)


def test_formula_is_made_of_earlier_numbers(page, call):
    page.ask("money", label="Aide")
    terms = rows({"term": "aide"}, {"term": "cost"})

    page.ask("computed", label="Taux d’aide", act="ratio", shown_as="percentage", terms=terms,
             most="50")  # fmt: skip

    assert stored(call, "taux_daide")["formula"] == {
        "act": "ratio", "of": [{"question": "aide"}, {"question": "cost"}], "as": "percentage",
    }  # fmt: skip
    assert stored(call, "taux_daide")["most"] == "50"
    assert "Aide ÷ Coût" in page.read("form")


def test_formula_of_too_few_terms_is_told(page, call):
    terms = rows({"term": "cost"})

    response = page.ask("computed", label="Écart", act="difference", shown_as="money", terms=terms)

    assert response.status_code == 422
    assert "au moins 2 termes" in page.error(response)


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
