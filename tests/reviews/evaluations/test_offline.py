import io
import json
import zipfile

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from grants.core.uploaded_tables import Unreadable, rows_in
from reviews.evaluations.grid import fields_by_evaluation, fields_of
from reviews.evaluations.workbook import MARK, ROW, TEXT, workbook_of
from tests.factories import make_evaluation

pytestmark = pytest.mark.django_db


@pytest.fixture
def evaluation():
    return make_evaluation(scores={"innovation": 4}, strengths="Solide.")


@pytest.fixture
def reviewer(client, evaluation):
    client.force_login(evaluation.assignment.expert.user)
    return client


def sheet_of(client):
    """The cells of the downloaded file, as a list of lists of text."""
    return sheet_rows(client.get(reverse("evaluations:offline_file")).content)


def sheet_rows(content):
    return [[cell.text for cell in cells] for _n, cells in rows_in(content)]


def line_of(rows, name, place=2):
    return next(row for row in rows if row[place] == name)


def filled(rows, **typed):
    """The file somebody fills in: text by name of the line, then by column."""
    for name, cells in typed.items():
        for place, text in cells.items():
            line_of(rows, name)[place] = text
    return rows


def csv_of(rows, separator=";", mark="\ufeff"):
    quoted = [separator.join('"' + text.replace('"', '""') + '"' for text in row) for row in rows]
    return (mark + "\r\n".join(quoted)).encode()


def xlsx_of(rows, formulas=()):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for n, row in enumerate(rows):
            for place, text in enumerate(row):
                sheet.write_string(n, place, text)
        for n, place, formula in formulas:
            sheet.write_formula(n, place, formula, value="5")
    return file.getvalue()


def bring_back(client, content, name="evaluations.csv"):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("evaluations:compare"), {"file": file})


def told(page):
    return [(one.label, one.after, one.kind) for one in page.context["comparison"].differences]


def test_the_file_holds_what_is_written_and_room_for_the_rest(reviewer, evaluation):
    rows = sheet_of(reviewer)

    innovation = line_of(rows, "Innovation")
    assert innovation[MARK:ROW] == ["4", "Argument.", "note de 0 à 5"]
    assert innovation[ROW].startswith(f"{evaluation.pk}-")
    assert line_of(rows, "Points forts")[TEXT] == "Solide."


@pytest.mark.parametrize(
    "written",
    [
        csv_of,
        lambda rows: csv_of(rows, separator=","),
        lambda rows: csv_of(rows, mark=""),
        lambda rows: csv_of(rows, mark="").decode().encode("cp1252"),
        xlsx_of,
    ],
    ids=["bom and ;", "commas", "no bom", "windows", "xlsx"],
)
def test_what_was_filled_in_is_shown_cell_by_cell(reviewer, evaluation, written):
    rows = filled(
        sheet_of(reviewer),
        Impact={MARK: "3,0", TEXT: "Un effet ; chiffré."},
        Innovation={MARK: "5"},
    )

    page = bring_back(reviewer, written(rows))

    assert told(page) == [
        ("Innovation · note", "5", "change"),
        ("Impact · note", "3", "change"),
        ("Impact · commentaire", "Un effet ; chiffré.", "change"),
    ]
    assert fields_of(evaluation)[f"score-{impact(evaluation).pk}"].value is None


def impact(evaluation):
    return evaluation.assignment.dossier.call.criteria.get(key="impact")


def test_accepted_cells_enter_the_draft_and_the_others_do_not(reviewer, evaluation):
    rows = filled(sheet_of(reviewer), Impact={MARK: "3", TEXT: "Chiffré."})
    first, second = bring_back(reviewer, csv_of(rows)).context["comparison"].accepted

    reviewer.post(reverse("evaluations:accept"), {"cell": [first.packed]})

    fields = fields_of(evaluation)
    assert fields[f"score-{impact(evaluation).pk}"].value == 3
    assert fields[f"comment-{impact(evaluation).pk}"].text == ""
    assert second.label == "Impact · commentaire"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("6", "Choisissez une note entière de 0 à 5."),
        ("3,5", "Choisissez une note entière de 0 à 5."),
        ("-1", "Choisissez une note entière de 0 à 5."),
        ("NaN", "Choisissez une note entière de 0 à 5."),
        ("très bien", "Choisissez une note entière de 0 à 5."),
    ],
)
def test_a_mark_off_the_scale_is_refused_alone(reviewer, typed, why):
    rows = filled(sheet_of(reviewer), Impact={MARK: typed, TEXT: "Chiffré."})

    comparison = bring_back(reviewer, csv_of(rows)).context["comparison"]

    assert [(one.after, one.told) for one in comparison.refused] == [(typed, why)]
    assert [one.after for one in comparison.accepted] == ["Chiffré."]


def test_a_line_said_twice_is_told_when_it_says_something_else(reviewer):
    rows = filled(sheet_of(reviewer), Impact={MARK: "3"})
    same = list(line_of(rows, "Impact"))
    other = [*same[:MARK], "2", *same[TEXT:]]

    comparison = bring_back(reviewer, csv_of([*rows, same, other])).context["comparison"]

    assert [(one.line, one.after) for one in comparison.refused] == [(len(rows) + 2, "2")]
    assert "répète la ligne 3" in comparison.refused[0].told
    assert [one.after for one in comparison.accepted] == ["3"]


@pytest.mark.parametrize("key", ["999999-strengths", "x", "", "1-2-3"])
def test_an_unknown_line_is_refused_with_its_text(reviewer, key):
    rows = filled(sheet_of(reviewer), **{"Points forts": {ROW: key, TEXT: "Gardé."}})

    comparison = bring_back(reviewer, csv_of(rows)).context["comparison"]

    (refused,) = comparison.refused
    assert refused.after == "Gardé."
    assert "n’est pas celui d’une évaluation" in refused.told


def test_the_evaluation_of_somebody_else_is_an_unknown_line(reviewer):
    other = make_evaluation()
    key = f"{other.pk}-strengths"
    rows = filled(sheet_of(reviewer), **{"Points forts": {ROW: key, TEXT: "Intrus."}})
    cell = json.dumps([other.pk, "strengths", fields_of(other)["strengths"].version, "Intrus."])

    comparison = bring_back(reviewer, csv_of(rows)).context["comparison"]
    answer = reviewer.post(reverse("evaluations:accept"), {"cell": [cell]})

    assert [one.after for one in comparison.refused] == ["Intrus."]
    assert "ne vous est plus ouverte" in answer.content.decode()
    assert fields_of(other)["strengths"].text == ""


def test_a_text_changed_online_since_is_replaced_by_choice_only(reviewer, evaluation):
    rows = filled(sheet_of(reviewer), **{"Points forts": {TEXT: "Hors connexion."}})
    evaluation.strengths = "En ligne."
    evaluation.save()

    page = bring_back(reviewer, csv_of(rows))

    (one,) = page.context["comparison"].accepted
    assert (one.before, one.kind, one.is_ticked) == ("En ligne.", "clash", False)
    assert "Modifié en ligne depuis le téléchargement" in page.content.decode()


def test_an_emptied_cell_erases_by_choice_only(reviewer):
    rows = filled(sheet_of(reviewer), **{"Points forts": {TEXT: ""}})

    (one,) = bring_back(reviewer, csv_of(rows)).context["comparison"].accepted

    assert (one.before, one.kind, one.is_ticked) == ("Solide.", "erase", False)


def test_what_changes_between_the_preview_and_the_click_is_shown_again(reviewer, evaluation):
    rows = filled(sheet_of(reviewer), **{"Points forts": {TEXT: "Hors connexion."}})
    (one,) = bring_back(reviewer, csv_of(rows)).context["comparison"].accepted
    evaluation.strengths = "Entre-temps."
    evaluation.save()

    page = reviewer.post(reverse("evaluations:accept"), {"cell": [one.packed]}).content.decode()

    assert "Ces cellules n’ont pas été enregistrées" in page
    assert "Hors connexion." in page
    assert fields_of(evaluation)["strengths"].text == "Entre-temps."


def test_a_formula_is_refused_and_a_text_that_looks_like_one_stays_text(reviewer, evaluation):
    evaluation.strengths = '=HYPERLINK("http://exemple.fr")'
    evaluation.save()
    content = reviewer.get(reverse("evaluations:offline_file")).content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    rows = sheet_of(reviewer)
    row = rows.index(line_of(rows, "Impact"))

    comparison = bring_back(
        reviewer, xlsx_of(rows, [(row, MARK, "=2+3")]), "evaluations.xlsx"
    ).context["comparison"]

    assert b"<f>" not in sheet
    assert line_of(rows, "Points forts")[TEXT] == '=HYPERLINK("http://exemple.fr")'
    assert [one.told for one in comparison.differences] == [
        "Cette cellule contient une formule\u202f: écrivez sa valeur."
    ]


BOMB = b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aaaa'>]><x>&a;</x>"


def archive_of(**files):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xef\xbb\xbf\r\n;;;\r\n",
        b"%PDF-1.7\0\0",
        b"PK\x03\x04 broken",
        archive_of(xl__workbook=BOMB),
        archive_of(xl__workbook=b"<workbook/>"),
        b"a;b\n" + b"x" * 2_100_000,
        b"a;b\r\n1;2\r\n",
    ],
    ids=["empty", "blank", "pdf", "cut", "entities", "no sheet", "large", "another table"],
)
def test_what_is_no_grid_is_told_in_a_sentence(reviewer, content):
    page = bring_back(reviewer, content or b"\n")

    assert "Ce fichier n’a pas pu être lu" in page.content.decode()
    assert page.context["problem"]


def test_no_file_is_told_too(reviewer):
    page = reviewer.post(reverse("evaluations:compare"))

    assert page.context["problem"] == "Choisissez le fichier que vous avez rempli."


def test_a_very_long_file_is_refused():
    with pytest.raises(Unreadable, match="5 000 lignes"):
        rows_in(b"a;b\n" * 5_001)


def test_a_handed_in_evaluation_is_in_no_file(reviewer, evaluation):
    rows = sheet_of(reviewer)
    evaluation.state, evaluation.submitted_at = "submitted", evaluation.saved_at
    evaluation.save()

    comparison = bring_back(reviewer, csv_of(rows)).context["comparison"]

    assert reviewer.get(reverse("evaluations:offline_file")).status_code == 302
    assert len(comparison.refused) == len(rows) - 1


def test_the_workbook_costs_the_same_for_one_and_three(count_queries):
    evaluations = [make_evaluation() for _ in range(3)]

    def build(chosen):
        ordered = [one for one in evaluations if one in chosen]
        return lambda: workbook_of(ordered, fields_by_evaluation(ordered))

    assert count_queries(build(evaluations[:1])) == count_queries(build(evaluations)) == 1
