"""A calculation whose inputs did not change is remembered, not made again.

The key is the SHA-256 of every input, so that a remembered answer can never be a stale one.
"""

import hashlib
from typing import Any

from django.core.cache import cache

DAY = 24 * 3600
# The last answers of this process: reading them back from the cache costs more than showing them.
# Nobody changes an answer.
AT_HAND: dict[str, Any] = {}
MOST_AT_HAND = 12


def remembered(name, inputs, compute):
    """The answer of `compute()` for these inputs, made only when nobody has it."""
    key = key_of(name, inputs)
    answer = AT_HAND.get(key)
    if answer is None:
        answer = cache.get(key)
        if answer is None:
            answer = compute()
            cache.set(key, answer, DAY)
        hold(key, answer)
    return answer


def hold(key, answer):
    while len(AT_HAND) >= MOST_AT_HAND:
        AT_HAND.pop(next(iter(AT_HAND), None), None)
    AT_HAND[key] = answer


def keep(name, inputs, answer):
    cache.set(key_of(name, inputs), answer, DAY)


def key_of(name, inputs):
    return f"{name}:{hashlib.sha256(repr(inputs).encode()).hexdigest()}"
