"""Hands the letters of an announcement to the workers; without a broker the sweep finds them."""

from accounts.notifications.broker import broker

TASK = "grants.letters.tasks.make_letters_of"


def letters_of(allocation_id):
    return broker.hand_over(TASK, allocation_id)
