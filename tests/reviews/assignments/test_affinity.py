from decimal import Decimal

import pytest

from reviews.assignments.affinity import affinity


@pytest.mark.parametrize(
    ("levels", "theme", "expected"),
    [
        ({1: 3}, 1, "1"),
        ({1: 2}, 1, "0.6667"),
        ({1: 1}, 1, "0.3333"),
        ({2: 3, 3: 1}, 1, "0.15"),
        ({}, 1, "0"),
        ({2: 1}, None, "0.05"),
    ],
)
def test_affinity_is_the_level_on_the_theme_or_a_little(levels, theme, expected):
    assert affinity(levels, theme) == Decimal(expected)
