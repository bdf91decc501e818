import io
import json
import sys
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from grants.eligibility.problem import BadInput, read_problem

TODAY = date(2026, 11, 23)
DOCUMENT = {
    "on": "2026-11-23",
    "company": {"siret": "732 829 320 00074", "commune": "31555", "turnover": 800000.25},
    "project": {"stage": "mvp", "requested": 40000},
}


def read(text):
    return read_problem(text if isinstance(text, bytes) else text.encode(), today=TODAY)


def test_document_is_read_exactly():
    problem = read(json.dumps(DOCUMENT))

    assert problem.on == TODAY
    assert problem.company.siret == "73282932000074"
    assert problem.company.department == "31"
    assert problem.company.turnover == Decimal("800000.25")
    assert problem.project.requested == Decimal(40000)


def test_every_kind_of_value_is_read():
    problem = read(
        json.dumps(
            {
                "company": {
                    "listed": False,
                    "partners": [{"share": 25, "headcount": 40}],
                    "de_minimis": [{"amount": 1000, "granted_on": "2026-11-23"}],
                },
                "project": {"duration_months": 36},
                "caps": {"rate": 0.5},
            }
        )
    )

    [partner], [aid] = problem.company.partners, problem.company.de_minimis
    assert problem.company.listed is False
    assert (partner.share, partner.headcount) == (Decimal(25), Decimal(40))
    assert (aid.amount, aid.granted_on) == (Decimal(1000), TODAY)
    assert problem.project.duration_months == 36
    assert problem.caps.rate == Decimal("0.5")


@pytest.mark.parametrize("months", [-1, 1201])
def test_a_duration_out_of_reach_is_refused(months):
    with pytest.raises(BadInput, match="entre 0 et 1200"):
        read(json.dumps({"project": {"duration_months": months}}))


def test_byte_order_mark_is_accepted():
    assert read(b"\xef\xbb\xbf{}").on == TODAY


def test_null_is_the_same_as_absent():
    assert read('{"company": {"turnover": null}}') == read("{}")


def test_caps_of_the_document_are_certain():
    caps = read('{"caps": {"total": 30000, "own_funds": "blocking"}}').caps

    assert (caps.total, caps.own_funds, caps.certainty) == (30000, "blocking", "certain")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"\xff\xfe", "UTF-8"),
        ("", "JSON illisible"),
        ("{", "JSON illisible, ligne 1, colonne 2"),
        ("[]", "doit être un objet"),
        ("[" * 100_000, "trop de niveaux"),
        ('{"compagny": {}}', "compagny.: est une clé inconnue"),
        ('{"company": {"sirret": "1"}}', "company.sirret.: est une clé inconnue"),
        ('{"company": {"\\ud800": 1}}', "est une clé inconnue"),
        ('{"company": 3}', "company.: doit être un objet"),
        ('{"company": {"turnover": NaN}}', "NaN"),
        ('{"company": {"turnover": Infinity}}', "Infinity"),
        ('{"company": {"turnover": 1e5}}', "sans exposant"),
        ('{"company": {"turnover": -0.01}}', "négatif"),
        ('{"company": {"turnover": 0.001}}', "deux décimales"),
        ('{"company": {"turnover": "800000"}}', "doit être un nombre"),
        ('{"company": {"turnover": true}}', "doit être un nombre"),
        ('{"company": {"turnover": 1000000000001}}', "trop grand"),
        ('{"company": {"turnover": ' + "9" * 5000 + "}}", "trop long"),
        ('{"company": {"turnover": 1, "turnover": 2}}', "deux fois"),
        ('{"company": {"headcount": -1}}', "négatif"),
        ('{"company": {"department": 31}}', "doit être un texte"),
        ('{"company": {"department": "9"}}', "code de département"),
        ('{"company": {"department": "20"}}', "code de département"),
        ('{"company": {"department": "34", "commune": "31555"}}', "ne correspond pas"),
        ('{"company": {"siret": "73282932000075"}}', "clé de contrôle"),
        ('{"company": {"created_on": "2025-02-29"}}', "date possible"),
        ('{"company": {"created_on": "20250228"}}', "date possible"),
        ('{"company": {"created_on": "2026-11-24"}}', "est après le 2026-11-23"),
        ('{"company": {"created_on": "0001-01-01"}}', "hors de portée"),
        ('{"company": {"listed": "non"}}', "true ou false"),
        ('{"company": {"linked": {}}}', "doit être une liste"),
        (
            '{"company": {"partners": [{"share": 101}]}}',
            r"partners\[0\].share.: est un pourcentage",
        ),
        ('{"company": {"de_minimis": [{"amount": 1}]}}', r"\[0\].granted_on.: est obligatoire"),
        (
            '{"company": {"de_minimis": [{"amount": 1, "granted_on": "2026-11-24"}]}}',
            "est après le",
        ),
        ('{"project": {"stage": "prototype"}}', "mvp, pre_series, launch"),
        ('{"project": {"duration_months": 3.5}}', "nombre entier"),
        ('{"caps": {"rate": 50}}', "entre 0 et 1"),
        ('{"caps": {"regimes": []}}', "au moins une base"),
        ('{"caps": {"reference": "a\\u0000"}}', "illisibles"),
    ],
)
def test_bad_input_is_refused_with_its_reason(text, reason):
    with pytest.raises(BadInput, match=reason):
        read(text)


@pytest.fixture
def type_in(monkeypatch):
    def put(raw):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))

    return put


def test_command_prints_one_json_document(type_in):
    type_in(json.dumps(DOCUMENT).encode())
    out = io.StringIO()

    call_command("eligibility", stdout=out)

    printed = json.loads(out.getvalue())
    assert printed["eligible"] is None
    assert printed["form"] == "grant"
    assert printed["findings"][2]["inputs"] == {"department": "31", "name": "Haute-Garonne"}


def test_command_refuses_bad_input_with_the_reason(type_in):
    type_in(b'{"company": {"turnover": -1}}')

    with pytest.raises(CommandError, match=r"company.turnover.: ne peut pas être négatif"):
        call_command("eligibility", stdout=io.StringIO())


def test_a_number_given_as_a_number_is_refused_with_its_place():
    with pytest.raises(BadInput, match=r"company\.siret.: doit être un texte"):
        read(json.dumps({**DOCUMENT, "company": {"siret": 73282932000074}}))
