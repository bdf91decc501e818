import pytest

from reviews.phases.masking import fold, pieces
from reviews.phases.veil import Masked, Names

COMPANIES = ["Héliotuile Énergie SAS"]
PEOPLE = ["Jeanne Petit", "Malik Saïdi-Roux", "Anne de La Tour"]


NUMBERS = ["552100554"]


def hidden(text):
    cut = pieces(text, companies=COMPANIES, people=PEOPLE, numbers=NUMBERS)
    return [p.text for p in cut if p.is_hidden]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Héliotuile Énergie SAS grandit", ["Héliotuile Énergie SAS"]),
        ("HELIOTUILE ENERGIE grandit", ["HELIOTUILE ENERGIE"]),
        ("heliotuile-énergie grandit", ["heliotuile-énergie"]),
        ("la société HéliotuileÉnergie", ["HéliotuileÉnergie"]),
        ("Héliotuile l’énergie", []),
        ("Mme Petit dirige", ["Petit"]),
        ("un petit marché", []),
        ("5521.005.54 au répertoire", ["5521.005.54"]),
        ("SIRET 552-100-554-00074", ["552-100-554-00074"]),
        ("La tuile de Jeanne", ["Jeanne"]),
        ("Malik SAIDI-ROUX", ["Malik", "SAIDI", "ROUX"]),
        ("Écrire à j.petit+pro@heliotuile.example", ["j.petit+pro@heliotuile.example"]),
        ("voir https://heliotuile.example/presse?x=1", ["https://heliotuile.example/presse?x=1"]),
        ("voir www.heliotuile.fr", ["www.heliotuile.fr"]),
        ("notre site heliotuile.fr le dit", ["heliotuile.fr"]),
        ("SIREN 732 829 320", ["732 829 320"]),
        ("SIRET 73282932000074 à jour", ["73282932000074"]),
        ("TVA FR44732829320", ["FR44732829320"]),
        ("un marché de 732 829 320 € par an", []),
        ("123456789 capteurs", []),
        ("au 05 61 00 00 00 ou +33 5 61 00 00 00", ["05 61 00 00 00", "+33 5 61 00 00 00"]),
        ("12 bis rue des Lilas, à deux pas", ["12 bis rue des Lilas"]),
        ("installée à 31000 Toulouse", ["31000 Toulouse"]),
        ("nous livrons 31000 pièces", []),
        ("", []),
    ],
)
def test_what_names_the_company_is_found(text, found):
    assert hidden(text) == found


@pytest.mark.parametrize("text", ["Héliotuile Énergie, 12 rue des Lilas", "Petit Petit petit", ""])
def test_the_pieces_make_the_text_again(text):
    cut = pieces(text, companies=COMPANIES, people=PEOPLE)

    assert "".join(piece.text for piece in cut) == text


@pytest.mark.parametrize("text", ["Éœuf ÀÇ ﬁ ŒUVRE İ ǅ", "naïve", "日本"])
def test_folding_keeps_every_letter_in_its_place(text):
    assert len(fold(text)) == len(text)


def test_a_mark_reads_as_a_word_and_shows_as_a_bar():
    text = Names(("Fungilène",), ()).mask("Chez Fungilène, <b>tout</b> va.")

    assert str(text) == "Chez [masqué], <b>tout</b> va."
    assert '<span class="visually-hidden">masqué</span>' in text.__html__()
    assert "&lt;b&gt;" in text.__html__()
    assert isinstance(text, Masked)


def test_names_of_regular_expressions_are_letters_too():
    assert [p.text for p in pieces("C++ (R&D) .*", companies=["R&D", ".*"], people=["(a"])] != []


def test_a_long_text_is_masked_quickly():
    text = "Fungilène livre des panneaux de mycélium. " * 3_000

    assert sum(p.is_hidden for p in pieces(text, companies=["Fungilène"], people=[])) == 3_000
