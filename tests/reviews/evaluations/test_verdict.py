from decimal import Decimal

import pytest

from grants.programmes.criteria import Criterion
from grants.programmes.grid import grouped
from reviews.evaluations.scoring import weighted_mean
from reviews.evaluations.verdict import verdict_of

SENTENCES = [
    # innovation, impact, threshold: what is said
    (None, None, "2.5", "Aucune note pour l’instant."),
    (4, None, "2.5", "Provisoire : 1/2 critères notés, 62,5 points de poids sur 100. "
     "Au-dessus du minimum de 2,5."),
    (2, 3, "2.5", "Sous le minimum de 2,5, publié pour être financé."),
    (5, 3, "4.25", "Au-dessus du minimum de 4,25."),
    (5, 1, "2.5", "Au-dessus du minimum de 2,5. "
     "Sous la note minimale du critère : Impact (1 pour un minimum de 2)."),
]  # fmt: skip


@pytest.mark.parametrize(("innovation", "impact", "threshold", "told"), SENTENCES)
def test_the_total_is_said_in_words(innovation, impact, threshold, told):
    grid = [
        Criterion(name="Innovation", weight=Decimal("62.50")),
        Criterion(name="Impact", weight=Decimal("37.50"), threshold=Decimal("2.00")),
    ]
    marks = list(zip(grid, (innovation, impact), strict=True))
    mean = weighted_mean((mark, criterion.weight) for criterion, mark in marks)

    said = verdict_of(marks, mean=mean, threshold=Decimal(threshold))

    assert said.replace("\u202f", " ") == told


def test_sub_criteria_of_one_name_add_their_weights():
    alone, first, second, last = (
        Criterion(name=name, heading=heading, weight=Decimal(weight))
        for name, heading, weight in (
            ("Équipe", "", "20"), ("Impact", "Retombées", "12.5"), ("Emploi", "Retombées", "7.5"),
            ("Marché", "", "60"),
        )
    )  # fmt: skip

    groups = grouped([alone, first, second, last])

    assert [(g.heading, g.weight, g.criteria) for g in groups] == [
        ("", 20, (alone,)),
        ("Retombées", 20, (first, second)),
        ("", 60, (last,)),
    ]
