import socketserver
import threading

import pytest
from redis import Redis

from config.cache import ForgivingRedisCache


@pytest.fixture(autouse=True)
def _fresh():
    ForgivingRedisCache.away_until = 0.0
    yield
    ForgivingRedisCache.away_until = 0.0


@pytest.fixture
def present(settings):
    return ForgivingRedisCache(settings.REDIS_URL, {"KEY_PREFIX": "trial"})


@pytest.fixture
def absent():
    return ForgivingRedisCache("redis://127.0.0.1:9/0", {"OPTIONS": {"socket_connect_timeout": 1}})


def test_with_redis_the_cache_remembers(present):
    present.delete("a")

    assert present.add("a", [1], 5)
    assert not present.add("a", [2], 5)
    assert present.get("a") == [1]
    assert present.has_key("a")
    assert present.delete("a")
    assert present.get("a", "nothing") == "nothing"
    present.set("n", 1, 5)
    assert present.incr("n") == 2


def test_clearing_leaves_what_others_keep_in_the_same_database(present, settings):
    """The messages of Celery wait in this database too."""
    waiting = Redis.from_url(settings.REDIS_URL)
    waiting.lpush("trial-queue", "a message")
    other = ForgivingRedisCache(settings.REDIS_URL, {"KEY_PREFIX": "other"})
    other.set("a", "theirs", 5)
    present.set_many({f"k{n}": n for n in range(30)}, 5)

    assert present.clear()

    assert present.get_many([f"k{n}" for n in range(30)]) == {}
    assert other.get("a") == "theirs"
    assert waiting.rpop("trial-queue") == b"a message"


def test_without_redis_every_question_has_an_answer(absent):
    answers = [
        absent.get("a", "nothing"),
        absent.add("a", 1),
        absent.set("a", 1),
        absent.has_key("a"),
        absent.get_many(["a"]),
        absent.set_many({"a": 1}),
        absent.touch("a"),
        absent.incr("a"),
        absent.delete("a"),
        absent.delete_many(["a"]),
        absent.clear(),
    ]

    assert answers == ["nothing", True, None, False, {}, [], False, 1, False, None, False]


class Slammer(socketserver.BaseRequestHandler):
    calls = 0

    def handle(self):
        Slammer.calls += 1


def test_an_absent_redis_is_asked_once_in_a_while():
    Slammer.calls = 0
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Slammer)
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    cache = ForgivingRedisCache(f"redis://127.0.0.1:{server.server_address[1]}/0", {})
    for _n in range(20):
        cache.get("a")
    server.shutdown()
    server.server_close()

    assert 0 < Slammer.calls < 10


@pytest.mark.django_db
def test_signing_in_works_without_redis(client, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "config.cache.ForgivingRedisCache",
            "LOCATION": "redis://127.0.0.1:9/0",
        }
    }

    response = client.post("/compte/login/", {"login": "a@b.fr", "password": "pas le bon mot"})

    assert response.status_code == 200
    assert "incorrect" in response.text
