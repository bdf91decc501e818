"""Two authors in one table."""

import pytest

from grants.dossiers.merging import Merged, merge_rows
from grants.dossiers.operations import Clash, save_answer
from tests.factories import join, make_user
from tests.grants.dossiers.complete import make_draft, rows


@pytest.mark.parametrize(
    ("mine", "theirs", "merged", "places"),
    [
        ("Ab", "aB", "AB", [0, 1]),
        ("Ab", "ab", "Ab", [0, 1]),
        ("Ab", "Ab", "Ab", [0, 1]),
        ("abc", "abd", "abdc", [0, 1, 3]),
        ("abce", "abe", "abec", [0, 1, 3, 2]),
        ("abc", "abc", "abc", [0, 1, 2]),
    ],
)
def test_rows_merge_when_nobody_touched_the_same(mine, theirs, merged, places):
    assert merge_rows("ab", mine, theirs) == Merged([*merged], places)


@pytest.mark.parametrize(("mine", "theirs"), [("Ab", "Zb"), ("a", "aB"), ("aB", "a")])
def test_a_row_touched_or_removed_by_both_is_left_to_people(mine, theirs):
    assert merge_rows("ab", mine, theirs) is None


ANNA = {"name": "Anna", "role": "Présidente", "skill": "", "share": "10"}
PAUL = {"name": "Paul", "role": "Ingénieur", "skill": "", "share": "10"}
LEA = {"name": "Léa", "role": "Juriste", "skill": "", "share": "10"}


@pytest.mark.django_db
def test_rows_of_two_authors_are_both_kept_on_the_version_both_saw():
    dossier = make_draft()
    join(colleague := make_user(), dossier.organisation)
    save_answer(dossier, "team", rows(ANNA), version=0, actor=dossier.author)
    save_answer(dossier, "team", rows(ANNA, PAUL), version=1, actor=colleague)

    saved = save_answer(dossier, "team", rows(ANNA, LEA), version=1, actor=dossier.author)

    stored = dossier.answers.get(key="team")
    assert [row["name"] for row in stored.value] == ["Anna", "Paul", "Léa"]
    assert (saved.version, stored.version) == (3, 3)
    assert '"Paul"' in saved.merged
    assert saved.places == (0, 2)


@pytest.mark.django_db
def test_one_row_changed_by_both_is_told():
    dossier = make_draft()
    join(colleague := make_user(full_name="Paul Roux"), dossier.organisation)
    save_answer(dossier, "team", rows(ANNA), version=0, actor=dossier.author)
    save_answer(dossier, "team", rows({**ANNA, "role": "Gérante"}), version=1, actor=colleague)

    clash = save_answer(
        dossier, "team", rows({**ANNA, "role": "Directrice"}), version=1, actor=dossier.author
    )

    assert isinstance(clash, Clash)
    assert clash.by == "Paul Roux"
    assert dossier.answers.get(key="team").value[0]["role"] == "Gérante"
