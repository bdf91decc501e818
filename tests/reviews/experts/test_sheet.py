"""Tables as people send them: marks, separators, commas, repeats, unknown names."""

import pytest

from reviews.experts.sheet import Doubt, Known, Unreadable, decoded, read

KNOWN = Known(
    {"energie": "Énergie", "sante": "Santé"}, frozenset({"fr", "oc"}), frozenset({"09", "31"})
)
HEAD = "email;nom;organisme;capacité;siren;thèmes;langues;départements"
LINE = "Claire.Fabre@labo.fr;Claire Fabre;LAAS;8,0;732 829 320;énergie 3 / sante;FR, oc;9/31"


def table(*lines, head=HEAD):
    return read("\n".join([head, *lines]), KNOWN)


def test_a_line_is_read_whole():
    [row] = table(LINE)

    assert (row.email, row.full_name, row.organisation) == (
        "claire.fabre@labo.fr", "Claire Fabre", "LAAS",
    )  # fmt: skip
    assert (row.capacity, row.siren, row.levels) == (8, "732829320", {"energie": 3, "sante": 2})
    assert (row.languages, row.departments, row.doubts) == (("fr", "oc"), ("09", "31"), ())


@pytest.mark.parametrize(
    "raw",
    [
        f"\ufeff{HEAD}\n{LINE}".encode(),
        f"{HEAD}\r\n{LINE}\r\n".encode("cp1252"),
        f"{HEAD}\n{LINE}\n;;;\n\n".replace(";", "\t").encode(),
        b"\xef\xbb\xbf" + f"{HEAD}\n{LINE}".encode(),
    ],
    ids=["bom", "windows", "tabs and empty lines", "bom bytes"],
)
def test_the_same_table_whoever_saved_it(raw):
    assert [row.email for row in read(decoded(raw), KNOWN)] == ["claire.fabre@labo.fr"]
    assert read(decoded(raw), KNOWN)[0].full_name == "Claire Fabre"
    assert read(decoded(raw), KNOWN)[0].capacity == 8


def test_columns_in_another_order_and_quoted_commas():
    [row] = table('"Fabre, Claire",LAAS,c@labo.fr', head="Prénom et nom,Structure,Courriel")

    assert (row.full_name, row.organisation, row.email) == ("Fabre, Claire", "LAAS", "c@labo.fr")


@pytest.mark.parametrize(
    ("cell", "column", "told"),
    [
        ("8,5", "capacité", Doubt("capacity", "8,5")),
        ("NaN", "capacité", Doubt("capacity", "NaN")),
        ("-3", "capacité", Doubt("capacity", "-3")),
        ("٣", "capacité", Doubt("capacity", "٣")),
        ("1e3", "capacité", Doubt("capacity", "1e3")),
        ("201", "capacité", Doubt("capacity", "201")),
        ("123456789", "siren", Doubt("siren", "123456789")),
        ("Astrologie 3", "thèmes", Doubt("theme", "Astrologie 3")),
        ("énergie 4", "thèmes", Doubt("level", "énergie 4")),
        ("klingon", "langues", Doubt("language", "klingon")),
        ("75", "départements", Doubt("department", "75")),
    ],
)
def test_what_cannot_be_is_told_with_what_was_read(cell, column, told):
    [row] = table(f"c@labo.fr;C;LAAS;{cell}", head=f"email;nom;organisme;{column}")

    assert row.doubts == (told,)


@pytest.mark.parametrize("email", ["", "claire", "a@b", "a b@c.fr", "a@b.fr,c@d.fr"])
def test_no_address_is_told(email):
    [row] = table(f"{email};C;LAAS", head="email;nom;organisme")

    assert Doubt("email", email) in row.doubts


def test_a_repeat_says_where_the_first_is():
    first, second = table(LINE, LINE.upper())

    assert first.doubts == ()
    assert second.doubts == (Doubt("repeat", "2"),)


def test_a_missing_cell_and_a_short_line_are_told():
    [row] = table("c@labo.fr;Claire")

    assert row.doubts == (Doubt("missing", "organisme"),)


def test_what_a_spreadsheet_would_run_is_only_text():
    [row] = table('c@labo.fr;"\'=cmd()";LAAS')

    assert row.full_name == "=cmd()"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (HEAD, "empty"),
        ("a;b\n1;2", "columns"),
        ("\n".join([HEAD, *[LINE] * 501]), "many"),
    ],
)
def test_what_is_no_such_table_is_refused_whole(text, code):
    with pytest.raises(Unreadable) as refusal:
        read(text, KNOWN)

    assert refusal.value.code == code


def test_the_missing_columns_are_named():
    with pytest.raises(Unreadable) as refusal:
        read("email;prenom\na@b.fr;A", KNOWN)

    assert refusal.value.names == ("nom", "organisme")


@pytest.mark.parametrize(("raw", "code"), [(b"PK\x00\x01", "binary"), (b"a" * 1_000_001, "long")])
def test_a_file_that_is_no_text_is_refused(raw, code):
    with pytest.raises(Unreadable) as refusal:
        decoded(raw)

    assert refusal.value.code == code
