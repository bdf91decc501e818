"""Hands work to the workers after a commit; without a broker the sweep finds it."""

from accounts.notifications.broker import broker

TASK = "grants.letters.tasks.make_letters_of"


def letters_of(allocation_id):
    return broker.hand_over(TASK, allocation_id)


def look_at_reserve(allocation_id):
    return broker.hand_over("grants.decisions.tasks.offer_reserve", allocation_id)
