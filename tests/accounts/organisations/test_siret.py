import pytest

from accounts.organisations.siret import NotASiret, read_siret, spaced

SIRET = "73282932000074"
POSTE_HEAD_OFFICE = "35600000000048"
# Its other establishments miss the Luhn digit; their digits add up to a multiple of five.
POSTE_COUNTER = "35600000049837"


@pytest.mark.parametrize(
    "typed", [SIRET, "732 829 320 00074", "732\u202f829\u00a0320.00074", f" {SIRET}\t"]
)
def test_a_siret_is_read_as_people_paste_it(typed):
    assert read_siret(typed) == SIRET


@pytest.mark.parametrize("digits", [POSTE_HEAD_OFFICE, POSTE_COUNTER])
def test_la_poste_has_its_own_rule(digits):
    assert read_siret(digits) == digits


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("73282932000075", "checksum"),
        ("73282923000074", "checksum"),
        ("35600000049838", "checksum"),
        ("732829320", "length"),
        ("732829320000740", "length"),
        ("FR32732829320", "format"),
        ("٧٣٢٨٢٩٣٢٠٠٠٠٧٤", "format"),
        ("７３２８２９３２００００７４", "format"),
        ("73282932000074\n", "format"),
        ("7328293200007²", "format"),
        ("", "format"),
    ],
)
def test_what_is_no_siret_is_refused_for_its_reason(typed, code):
    with pytest.raises(NotASiret) as refusal:
        read_siret(typed)

    assert refusal.value.code == code


def test_spaced_is_read_back():
    assert spaced(SIRET) == "732\u202f829\u202f320\u202f00074"
    assert read_siret(spaced(SIRET)) == SIRET
