import pytest

from grants.dossiers.coherence import doubts_of
from grants.formbuilder.definition import parse
from grants.formbuilder.filled import fill
from grants.formbuilder.starter import standard_form

FORM = parse(standard_form([("energie", "Énergie")]))
SOUND = {
    "budget": [{"amount": "60.00"}, {"amount": "40.00"}],
    "financing": [{"amount": "100.00"}],
    "eligible_base": "100.00",
    "aided": True,
    "aids": [{"amount": "1.00"}],
}


@pytest.mark.parametrize(
    ("change", "doubtful"),
    [
        ({}, []),
        ({"financing": [{"amount": "99.99"}]}, ["financing"]),
        ({"eligible_base": "100.01"}, ["eligible_base"]),
        ({"aids": None}, ["aids"]),
        ({"aided": False, "aids": None}, []),
        ({"budget": {"raw": "?"}}, []),
    ],
)
def test_contradictions_are_told(change, doubtful):
    filled = fill(FORM, {**SOUND, **change}, {})

    assert [key for key, _sentence in doubts_of(filled)] == doubtful
