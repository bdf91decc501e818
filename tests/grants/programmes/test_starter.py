from grants.programmes.criteria import Criterion
from grants.programmes.models import Call, Programme
from grants.programmes.starter import STANDARD_CRITERIA, standard_programme


def test_the_standard_weights_make_a_hundred():
    assert [row["weight"] for row in STANDARD_CRITERIA] == [30, 25, 20, 15, 10]


def test_each_standard_criterion_has_a_different_sentence_per_score():
    top = Call._meta.get_field("top_score").default

    assert all(len(set(row["anchors"])) == top + 1 for row in STANDARD_CRITERIA)
    assert all(len(text) <= 300 for row in STANDARD_CRITERIA for text in row["anchors"])


def test_the_standard_criteria_are_valid():
    for row in STANDARD_CRITERIA:
        Criterion(**row).clean_fields(exclude=["call"])


def test_the_standard_programme_is_valid_and_has_five_themes():
    fields, themes = standard_programme()

    Programme(**fields).clean_fields()
    assert [name for _key, name in themes] == [
        "Énergie", "Mobilité durable", "Santé", "Environnement", "Logement",
    ]  # fmt: skip
    assert (fields["goal_from"], fields["goal_to"], fields["goal_year"]) == (50, 100, 2028)
