from dataclasses import replace

from reviews.panels.calibration import calibrate
from reviews.panels.comparing import compare
from reviews.panels.ranking import rank
from tests.reviews.panels.penicillin import PENICILLIN
from tests.reviews.panels.test_mixed_model import BY_HAND


def test_each_method_gives_the_order_the_command_gives():
    fit = calibrate(PENICILLIN)

    found = compare(rank(fit, method="raw"))

    for method in ("raw", "calibrated"):
        for line in rank(fit, method=method):
            assert found[line.id].under(method) == line.rank


def test_the_expected_rank_orders_by_itself():
    lines = rank(calibrate(PENICILLIN), method="raw")
    first, second = lines[0], lines[1]
    swapped = (
        replace(first, expected_rank=second.expected_rank),
        replace(second, expected_rank=first.expected_rank),
        *lines[2:],
    )

    found = compare(swapped)

    assert (found[first.id].expected, found[second.id].expected) == (2, 1)
    assert (found[first.id].raw, found[second.id].raw) == (1, 2)


def test_without_measured_uncertainty_there_is_no_expected_rank():
    lines = [replace(line, expected_rank=None) for line in rank(calibrate(BY_HAND))]

    assert {one.expected for one in compare(lines).values()} == {None}
