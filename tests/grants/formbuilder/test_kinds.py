import json

import pytest

from grants.formbuilder.answers import error_of, is_refused, read, text_of
from grants.formbuilder.definition import parse
from grants.formbuilder.showing import as_read, table_of

QUESTIONS = [
    {"key": "name", "kind": "short_text", "label": "Nom", "characters": 10},
    {"key": "story", "kind": "long_text", "label": "Récit", "words": 3},
    {"key": "jobs", "kind": "integer", "label": "Emplois", "least": "0", "most": "500"},
    {"key": "ratio", "kind": "decimal", "label": "Rapport"},
    {"key": "cost", "kind": "money", "label": "Coût"},
    {"key": "equity", "kind": "money", "label": "Fonds propres", "least": "-1000"},
    {"key": "share", "kind": "percentage", "label": "Part"},
    {"key": "start", "kind": "date", "label": "Début"},
    {"key": "group", "kind": "yes_no", "label": "Groupe"},
    {"key": "promise", "kind": "yes_no", "label": "Engagement", "agree": True},
    {"key": "stage", "kind": "one_of", "label": "Étape", "choices": [["mvp", "MVP"], ["b", "B"]]},
    {"key": "areas", "kind": "several_of", "label": "Lieux", "choices": [["a", "A"], ["b", "B"]]},
    {"key": "siret", "kind": "siret", "label": "SIRET"},
    {"key": "town", "kind": "commune", "label": "Commune"},
    {"key": "iban", "kind": "iban", "label": "IBAN"},
    {"key": "site", "kind": "url", "label": "Site"},
    {"key": "mail", "kind": "email", "label": "Courriel"},
    {"key": "phone", "kind": "phone", "label": "Téléphone"},
    {
        "key": "budget",
        "kind": "table",
        "label": "Budget",
        "rows_most": 2,
        "columns": [
            {"key": "item", "label": "Poste", "required": True},
            {"key": "amount", "label": "Montant", "kind": "money", "total": True},
        ],
    },
]
FORM = parse({"sections": [{"key": "s", "title": "S", "questions": QUESTIONS}]}).questions
TOO_LONG = "Ce texte est trop long\u202f: 20\u202f000 caractères au plus."
LINE = [{"item": "Essai", "amount": "1 000,50"}]
READ_LINE = [{"item": "Essai", "amount": "1000.50"}]

RIGHT = [
    ("name", " Éclat 🚀 ", "Éclat 🚀"),
    ("story", "un deux\r\ntrois", "un deux\ntrois"),
    ("jobs", "500", 500),
    ("ratio", "3,25", "3.25"),
    ("cost", "1 000,50", "1000.50"),
    ("cost", "148\u202f500\u202f€", "148500.00"),
    ("cost", "-0", "0.00"),
    ("equity", "-999,99", "-999.99"),
    ("share", "12,5 %", "12.5"),
    ("share", "100", "100"),
    ("start", "29/02/2028", "2028-02-29"),
    ("start", "2027-01-14", "2027-01-14"),
    ("group", "false", False),
    ("promise", "true", True),
    ("stage", "mvp", "mvp"),
    ("areas", '["b", "a"]', ["a", "b"]),
    ("areas", "[]", None),
    ("siret", "732 829 320 00074", "73282932000074"),
    ("siret", "35600000000048", "35600000000048"),
    ("ratio", "-0", "0"),
    ("share", "-0,0", "0.0"),
    ("jobs", "-0", 0),
    ("town", "Sète (34)", "Sète (34)"),
    ("town", "L’Isle-Jourdain, 32", "L’Isle-Jourdain (32)"),
    ("town", "31000 Toulouse", "Toulouse (31)"),
    ("town", "09122", "09122"),
    ("iban", "fr76 3000 6000 0112 3456 7890 189", "FR7630006000011234567890189"),
    ("name", "\u200fÉclat\u200e", "Éclat"),
    ("site", "www.exemple.fr", "https://www.exemple.fr"),
    ("mail", "eve@exemple.fr", "eve@exemple.fr"),
    ("phone", "+33 5 61 00 00 00", "+33 5 61 00 00 00"),
    ("budget", json.dumps(LINE), READ_LINE),
    ("budget", json.dumps([*LINE, {"item": " ", "amount": ""}]), READ_LINE),
    ("budget", "[]", None),
    ("name", "   ", None),
]  # fmt: skip

WRONG = [
    ("name", "douze lettres", "caractères"),
    ("name", "deux\nlignes", "une seule ligne"),
    ("name", "a\0b", "invisible interdit"),
    ("name", "a\ud800b", "illisible"),
    ("name", "a\u202eb", "inverse la lecture"),
    ("story", "un deux trois quatre", "retirez 1 mot."),
    ("jobs", "١٢", "nombre entier"),
    ("jobs", "１２", "nombre entier"),
    ("jobs", "1e3", "nombre entier"),
    ("jobs", "501", "maximale est 500"),
    ("jobs", "-1", "minimale est 0"),
    ("ratio", "1e5", "nombre en chiffres"),
    ("cost", "1e5", "montant en euros"),
    ("cost", "NaN", "montant en euros"),
    ("cost", "Infinity", "montant en euros"),
    ("cost", "1_000", "montant en euros"),
    ("cost", "１２", "montant en euros"),
    ("cost", "0,005", "montant en euros"),
    ("cost", "-1", "négatif"),
    ("equity", "-1001", "minimale est -1000"),
    ("share", "100,1", "entre 0 et 100"),
    ("start", "29/02/2027", "n’existe pas"),
    ("start", "0001-01-01", "entre 1900 et 2100"),
    ("start", "bientôt", "Écrivez une date"),
    ("group", "peut-être", "oui ou par non"),
    ("promise", "false", "engagement"),
    ("stage", "launch", "réponses proposées"),
    ("areas", '["c"]', "réponses proposées"),
    ("areas", "{", "illisible"),
    ("areas", '[["a"]]', "réponses proposées"),
    ("siret", "73282932000075", "14 chiffres"),
    ("town", "Sète", "par exemple Sète (34)"),
    ("town", "Paris (75)", "13 départements"),
    ("town", "75056", "13 départements"),
    ("town", "٣٤٣٠١", "par exemple Sète (34)"),
    ("iban", "FR76 3000 6000 0112 3456 7890 188", "pas valable"),
    ("iban", "FR76", "pas valable"),
    ("site", "javascript:alert(1)", "adresse web"),
    ("mail", "eve@", "adresse électronique"),
    ("phone", "appelez-moi", "numéro de téléphone"),
    ("budget", json.dumps(LINE * 3), "2 lignes au plus"),
    ("budget", '[{"item": "", "amount": "5"}]', "Ligne 1, «\u202fPoste\u202f»\u202f: à remplir."),
    ("budget", '[{"item": "x", "amount": "1e5"}]', "Ligne 1, «\u202fMontant\u202f»"),
    ("budget", '[{"item": "\\u0000", "amount": "5"}]', "invisible interdit"),
    ("budget", '["x"]', "illisible"),
    ("budget", "[" * 5000, "illisible"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "text", "value"), RIGHT)
def test_text_is_read_as_the_value_it_means(key, text, value):
    reading = read(FORM[key], text)

    assert (reading.value, reading.error) == (value, "")


@pytest.mark.parametrize(("key", "text", "value"), RIGHT)
def test_value_shown_again_reads_as_itself(key, text, value):
    assert read(FORM[key], text_of(FORM[key], value)).value == value


@pytest.mark.parametrize(("key", "text", "sentence"), WRONG)
def test_wrong_text_is_refused_with_a_sentence_and_kept(key, text, sentence):
    reading = read(FORM[key], text)

    assert sentence in reading.error
    assert is_refused(reading.value)
    # What PostgreSQL can store of it comes back, with its error.
    json.dumps(reading.value).encode()
    "".join(reading.value["raw"]).encode()
    assert "\0" not in reading.value["raw"]


def test_refused_text_comes_back_as_it_was_typed_with_its_error():
    question = FORM["cost"]

    stored = read(question, "1e5").value

    assert text_of(question, stored) == "1e5"
    assert error_of(question, stored) == read(question, "1e5").error


def test_twenty_thousand_letters_are_kept_and_one_more_is_refused():
    question = parse(
        {"sections": [{"key": "s", "title": "S", "questions": [
            {"key": "t", "kind": "long_text", "label": "T"}]}]}
    ).questions["t"]  # fmt: skip

    assert read(question, "é" * 20_000).error == ""
    assert read(question, "é" * 20_001).error == TOO_LONG


def test_values_are_read_in_french():
    assert as_read(FORM["cost"], "148500.50") == "148\u202f500,50\u202f€"
    assert as_read(FORM["start"], "2027-01-01") == "1er\u00a0janvier 2027"
    assert as_read(FORM["areas"], ["a", "b"]) == "A, B"
    assert as_read(FORM["group"], False) == "Non"
    assert as_read(FORM["iban"], "FR7630006000011234567890189").startswith("FR76 3000 6000")


def test_table_sums_its_amounts():
    shown = table_of(
        FORM["budget"], [{"item": "a", "amount": "0.10"}, {"item": "b", "amount": "0.20"}]
    )

    assert shown["totals"] == ["", "0,30\u202f€"]
