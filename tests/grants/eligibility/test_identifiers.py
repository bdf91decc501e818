import pytest

from grants.eligibility.identifiers import check_siren, check_siret, department_of, siren_of


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("73282932000074", "73282932000074"),
        (" 732 829 320 00074 ", "73282932000074"),
        ("732\u202f829\u00a0320\u202f00074", "73282932000074"),
        ("20005379100014", "20005379100014"),
        ("35600000000048", "35600000000048"),  # La Poste, seat: ordinary key
        ("35600000049837", "35600000049837"),  # La Poste, post office: digits add up to 45
    ],
)
def test_siret_is_cleaned_and_accepted(typed, expected):
    assert check_siret(typed) == expected


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("73282932000075", "clé de contrôle"),
        ("35600000049838", "clé de contrôle"),  # La Poste, digits add up to 46
        ("7328293200007", "il y en a 13"),
        ("732829320000740", "il y en a 15"),
        ("", "il y en a 0"),
        ("7328293200007A", "que des chiffres"),
        ("٧٣٢٨٢٩٣٢٠٠٠٠٧٤", "que des chiffres"),
    ],
)
def test_siret_is_refused_with_its_reason(typed, reason):
    with pytest.raises(ValueError, match=reason):
        check_siret(typed)


def test_siren_is_cleaned():
    assert check_siren("732 829 320") == "732829320"


def test_siren_with_a_wrong_key_is_refused():
    with pytest.raises(ValueError, match="clé de contrôle"):
        check_siren("732829321")


def test_siren_of_a_siret_is_its_first_nine_digits():
    assert siren_of("732 829 320 00074") == "732829320"


@pytest.mark.parametrize(
    ("commune", "department"),
    [
        ("31555", "31"),
        ("09122", "09"),
        ("2A004", "2A"),
        ("2b033", "2B"),
        ("97411", "974"),
        ("98818", "988"),
    ],
)
def test_department_of_a_commune(commune, department):
    assert department_of(commune) == department


@pytest.mark.parametrize("commune", ["3155", "315555", "2C004", "20004", "00001", "99100", "x"])
def test_commune_code_that_cannot_be_is_refused(commune):
    with pytest.raises(ValueError, match=r"commune|département"):
        department_of(commune)
