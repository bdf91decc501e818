"""A question of each kind, set on its page."""

import pytest

from grants.formbuilder.definition import KINDS
from grants.formbuilder.words import HELPS
from grants.formbuilder.words import KINDS as NAMES
from tests.grants.formbuilder.scene import rows, seen, stored

pytestmark = pytest.mark.django_db


def test_every_kind_has_its_name_and_its_help():
    assert set(NAMES) == set(HELPS) == KINDS


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
