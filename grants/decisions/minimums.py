"""Published minimum marks by criterion, kept with each line of the ranking: all must be reached."""

from decimal import Decimal


def missed(by_criterion):
    """The criteria whose mean is under their published minimum, among those that have one."""
    return [
        row
        for row in by_criterion
        if "minimum" in row and Decimal(str(row["mean"])) < Decimal(str(row["minimum"]))
    ]
