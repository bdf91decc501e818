"""A calculation whose inputs did not change is remembered, not made again.

The key is the SHA-256 of every input, so that a remembered answer can never be a stale one.
"""

import hashlib

from django.core.cache import cache

DAY = 24 * 3600


def remembered(name, inputs, compute):
    """The answer of `compute()` for these inputs, from the cache when it is there."""
    key = f"{name}:{hashlib.sha256(repr(inputs).encode()).hexdigest()}"
    answer = cache.get(key)
    if answer is None:
        answer = compute()
        cache.set(key, answer, DAY)
    return answer
