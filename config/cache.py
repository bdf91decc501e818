"""A Redis cache that forgets instead of failing when Redis is away."""

import time

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

REST = 5.0


class ForgivingRedisCache(RedisCache):
    """Signing in and applying must work without Redis: a lost cache is a miss, not an error.

    After a failure nobody asks again for a few seconds: a page waits once and not ten times.
    """

    away_until = 0.0

    def get(self, key, default=None, version=None):
        return self._ask(super().get, default, key, default, version)

    def get_many(self, keys, version=None):
        return self._ask(super().get_many, {}, keys, version)

    def has_key(self, key, version=None):
        return self._ask(super().has_key, False, key, version)

    def set(self, *args, **kwargs):
        return self._ask(super().set, None, *args, **kwargs)

    def set_many(self, *args, **kwargs):
        return self._ask(super().set_many, [], *args, **kwargs)

    def add(self, *args, **kwargs):
        return self._ask(super().add, True, *args, **kwargs)

    def touch(self, *args, **kwargs):
        return self._ask(super().touch, False, *args, **kwargs)

    def incr(self, key, delta=1, version=None):
        return self._ask(super().incr, delta, key, delta, version)

    def delete(self, *args, **kwargs):
        return self._ask(super().delete, False, *args, **kwargs)

    def delete_many(self, *args, **kwargs):
        return self._ask(super().delete_many, None, *args, **kwargs)

    def clear(self):
        return self._ask(self._forget_own, False)

    def _forget_own(self):
        """Django empties the whole database, and with it the messages of Celery that wait there."""
        client = self._cache.get_client(write=True)
        for key in client.scan_iter(match=self.make_key("*"), count=1_000):
            client.unlink(key)
        return True

    def _ask(self, act, otherwise, *args, **kwargs):
        if time.monotonic() < ForgivingRedisCache.away_until:
            return otherwise
        try:
            return act(*args, **kwargs)
        except (RedisError, OSError):
            ForgivingRedisCache.away_until = time.monotonic() + REST
            return otherwise
