import pytest

from reviews.panels.scores import Score, read_scores


def test_scores_with_and_without_weights():
    assert read_scores("dossier,reviewer,score\nD1,R1,4.5\n\n") == (Score("D1", "R1", 4.5),)
    assert read_scores("dossier,reviewer,score,weight\r\nD1,R1,4,2\r\n") == (
        Score("D1", "R1", 4.0, 2.0),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1: the header"),
        ("a,b,c\n", "line 1: the header"),
        ("dossier,reviewer,score\n", "no score"),
        ("dossier,reviewer,score\nD1,R1\n", "line 2: 2 columns instead of 3"),
        ("dossier,reviewer,score\nD1,R1,NaN\n", "line 2: 'NaN' is not a number"),
        ("dossier,reviewer,score\nD1,R1,\n", "line 2: no score"),
        ("dossier,reviewer,score\nD1,R1,1_0\n", "line 2: '1_0' is not a number"),
        ("dossier,reviewer,score\nD1,R1,1e999\n", "line 2: inf is not a score"),
        ("dossier,reviewer,score\n,R1,1\n", "line 2: the dossier and the reviewer"),
        (
            "dossier,reviewer,score\nD1,R1,1\nD1,R1,2\n",
            "line 3: D1 by R1: scored twice, first on line 2",
        ),
        ("dossier;reviewer;score\nD1;R1;3.5;2\n", "line 2: 4 columns instead of 3"),
        ("dossier,reviewer,score\nD1,R1,3,5\n", "line 2: 4 columns instead of 3"),
        ('dossier,reviewer,score\nD1,R1,"3,5"\n', "line 2: '3,5' is not a number"),
        ("dossier;reviewer;score\nD1;R1;3,5,1\n", "line 2: '3,5,1' is not a number"),
        ("dossier,reviewer,score,weight\nD1,R1,1,0\n", "line 2: 0.0 is not a weight"),
        ("dossier,reviewer,score,weight\nD1,R1,1,-1\n", "line 2: -1.0 is not a weight"),
        ('dossier,reviewer,score\n"D1,R1,1\n', "line 2"),
        ("dossier,reviewer,score\nD\x001,R1,1\n", "NUL"),
    ],
)
def test_a_text_that_is_not_a_table_of_scores_is_refused(text, message):
    with pytest.raises(ValueError, match=message):
        read_scores(text)


def test_what_a_french_spreadsheet_writes_is_read():
    """Semicolons and decimal commas."""
    french = "dossier;reviewer;score;weight\r\nD1;R1;3,5;1,5\r\nD2;R1;4;1\r\n"

    assert read_scores(french) == (Score("D1", "R1", 3.5, 1.5), Score("D2", "R1", 4.0, 1.0))


def test_lines_in_another_order_are_the_same_scores():
    lines = ["D1,R1,1", "D1,R2,2", "D10,R1,3", "D2,R1,4"]
    texts = ["\n".join(["dossier,reviewer,score", *order]) for order in (lines, lines[::-1])]

    assert read_scores(texts[0]) == read_scores(texts[1])


def test_a_score_outside_the_scale_is_refused_with_its_line():
    text = "dossier,reviewer,score\nD1,R1,5\nD2,R1,6\n"

    with pytest.raises(ValueError, match="line 3: 6 is outside the scale, 0 to 5"):
        read_scores(text, scale=(0, 5))
    assert len(read_scores(text, scale=(0, 6))) == 2
