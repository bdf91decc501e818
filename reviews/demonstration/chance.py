"""Chance that can be replayed: one stream per subject, all drawn from the seed of the world."""

from datetime import datetime, timedelta
from random import Random

FIRST_HOUR, LAST_HOUR = 8, 21


def stream(seed: int, *subject: object) -> Random:
    """The same numbers for the same seed and subject, whatever else was drawn before."""
    return Random(":".join(map(str, (seed, *subject))))  # noqa: S311 - a story, not a secret


def awake(moment: datetime, chance: Random) -> datetime:
    """The same day at an hour when people work: what falls in the night is done in the day."""
    if FIRST_HOUR <= moment.hour <= LAST_HOUR:
        return moment
    hour = chance.randint(FIRST_HOUR, LAST_HOUR - 4)
    return moment.replace(hour=hour) - (
        timedelta(days=1) if moment.hour < FIRST_HOUR else timedelta()
    )
