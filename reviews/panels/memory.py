"""A calculation whose inputs did not change is remembered, not made again.

The key is the SHA-256 of every input, so that a remembered answer can never be a stale one.
"""

import hashlib

from django.core.cache import cache

DAY = 24 * 3600


def remembered(name, inputs, compute):
    """The answer of `compute()` for these inputs, from the cache when it is there."""
    answer = cache.get(key_of(name, inputs))
    if answer is None:
        answer = compute()
        keep(name, inputs, answer)
    return answer


def keep(name, inputs, answer):
    cache.set(key_of(name, inputs), answer, DAY)


def key_of(name, inputs):
    return f"{name}:{hashlib.sha256(repr(inputs).encode()).hexdigest()}"
