from datetime import date

import pytest

from grants.votes.dates import date_fault

TODAY, RANKED, REPORTED = date(2027, 3, 20), date(2027, 3, 1), date(2027, 3, 10)


@pytest.mark.parametrize("held_on", [REPORTED, date(2027, 3, 15), TODAY])
def test_a_vote_after_the_report_and_not_in_the_future_can_be(held_on):
    assert date_fault(held_on, today=TODAY, ranked_on=RANKED, reported_on=REPORTED) == ""


@pytest.mark.parametrize(
    ("held_on", "said"),
    [
        (date(2027, 3, 21), "pas encore eu lieu"),
        (date(2027, 2, 28), "classement a été arrêté le lundi 1er"),
        (date(2027, 3, 9), "rapport a été établi le mercredi 10"),
    ],
)
def test_any_other_day_is_refused_with_its_reason(held_on, said):
    assert said in date_fault(held_on, today=TODAY, ranked_on=RANKED, reported_on=REPORTED)
