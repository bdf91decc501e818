import json
from datetime import date

import pytest

from accounts.organisations.establishment import (
    Nonsense,
    from_json,
    read_establishment,
    read_establishments,
)
from tests.accounts.organisations.register_double import SIRET, answer, company

ON = date(2026, 11, 23)


def read(*results, siret=SIRET, on=ON):
    return read_establishment(answer(*results).encode(), siret, on=on)


def test_every_fact_is_read_and_written_back_the_same():
    found = read(company())

    assert (found.name, found.legal_form, found.registered_on, found.city) == (
        "ALGUES DU LEZ", "SAS", date(2022, 3, 1), "MONTPELLIER",
    )  # fmt: skip
    assert (found.department, found.band, found.activity, found.nomenclature, found.is_open) == (
        "34", "03", "72.19Z", "NAF rév. 2", True,
    )  # fmt: skip
    assert from_json(json.loads(json.dumps(found.as_json()))) == found


def test_what_was_kept_before_these_were_read_is_still_read():
    kept = read(company()).as_json()
    for key in ("brands", "officers", "houses"):
        del kept[key]

    assert from_json(kept) == read(company())


def test_an_unknown_siret_is_nothing_and_not_nonsense():
    assert read() is None


def test_the_activity_changes_its_nomenclature_on_the_first_of_january_2027():
    assert read(company(), on=date(2027, 1, 1)).nomenclature == "NAF 2025"


@pytest.mark.parametrize(
    ("changes", "name", "value"),
    [
        ({"siege__commune": "09122"}, "department", "09"),
        ({"siege__commune": "2A004"}, "department", "2A"),
        ({"siege__commune": "97411"}, "department", "974"),
        ({"siege__commune": None, "siege__libelle_pays_etranger": "ESPAGNE"}, "department", ""),
        ({"siege__libelle_pays_etranger": "ESPAGNE"}, "country", "ESPAGNE"),
        ({"siege__etat_administratif": "F"}, "is_open", False),
        ({"etat_administratif": "C"}, "is_open", False),
        ({"siege__date_fermeture": "2025-02-28"}, "closed_on", date(2025, 2, 28)),
        ({"date_creation": "1900-01-01"}, "registered_on", None),
        ({"date_creation": None}, "registered_on", None),
        ({"nom_raison_sociale": None}, "name", "algues du lez"),
        ({"nom_raison_sociale": "A\u202eB\x00C\ud800 D"}, "name", "A B C D"),
        ({"nom_raison_sociale": "[NON-DIFFUSIBLE]", "nom_complet": "[ND]"}, "name", ""),
        ({"nature_juridique": "5499"}, "legal_form", "SARL"),
        ({"nature_juridique": "7230"}, "legal_form", "Autre"),
        ({"tranche_effectif_salarie": "NN"}, "band", ""),
        ({"siege__activite_principale": "<script>"}, "activity", ""),
        ({"nom_complet": "ALGUES DU LEZ (ADL)", "sigle": "ADL"}, "brands", ("ADL",)),
        ({"siege__nom_commercial": "Lézalgue"}, "brands", ("Lézalgue",)),
        ({"siege__liste_enseignes": ["VERT", "VERT", "[ND]"]}, "brands", ("VERT",)),
        ({"dirigeants": [{"nom": "VIDAL", "prenoms": "PAULE"}]}, "officers", ("PAULE VIDAL",)),
        ({"dirigeants": [{"nom": "VIDAL", "prenoms": None}]}, "officers", ("VIDAL",)),
        ({"dirigeants": [{"qualite": "Gérant"}]}, "officers", ()),
        (
            {"dirigeants": [{"denomination": "HOLDING VERTE", "siren": "732829320"}]},
            "houses",
            (("HOLDING VERTE", "732829320"),),
        ),
        ({"dirigeants": [{"denomination": "X", "siren": "7"}]}, "houses", (("X", ""),)),
    ],
)
def test_a_surprise_is_read_for_what_it_is(changes, name, value):
    assert getattr(read(company(**changes)), name) == value


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"null", b"[]", b"{}", b'{"results": {}}', b'{"results": [1]}', b'{"results": [',
        b"<html>", b"\xff\xfe", b'{"results": [NaN]}', b"[" * 100_000,
        answer(*[company()] * 26).encode(),
        answer(company(dirigeants="VIDAL")).encode(),
        answer(company(dirigeants=["VIDAL"])).encode(),
        answer(company(dirigeants=[{"nom": 3}])).encode(),
        answer(company(siege__liste_enseignes=[3])).encode(),
        answer(company(siege=3, matching_etablissements=None)).encode(),
        answer(company(matching_etablissements={"siret": SIRET})).encode(),
        answer(company(siege=None, matching_etablissements=["x"])).encode(),
        answer(company(etat_administratif="X")).encode(),
        answer(company(siege__etat_administratif=None)).encode(),
        answer(company(date_creation="hier")).encode(),
        answer(company(nom_raison_sociale=["A"])).encode(),
        answer(company(nom_raison_sociale="x" * 1001)).encode(),
        answer(company(siren="123456789")).encode(),
    ],
)  # fmt: skip
def test_nonsense_is_refused(raw):
    with pytest.raises(Nonsense):
        read_establishment(raw, SIRET, on=ON)


def test_another_company_than_the_one_asked_for_is_nonsense():
    with pytest.raises(Nonsense, match="others were given"):
        read(company(), siret="73282932000074")


def test_la_poste_is_known_by_its_own_siret():
    poste = "35600000049837"

    assert read(company(siret=poste), siret=poste).siret == poste


def test_an_establishment_that_matched_and_is_the_seat_comes_once():
    both = read_establishments(answer(company()).encode(), on=ON)

    assert [one.siret for one in both] == [SIRET]
