import pytest

from config.storage import storage_from
from tests.grants.dossiers.clamd_double import running

pytestmark = pytest.mark.django_db


def test_ready_names_every_part(client):
    response = client.get("/health/ready")

    assert response.json() == {
        "ready": True,
        "parts": {"database": True, "redis": True, "storage": True},
    }


def test_without_redis_the_site_is_ready_and_says_so(client, settings):
    settings.REDIS_URL = "redis://127.0.0.1:9/0"

    response = client.get("/health/ready")

    assert (response.status_code, response.json()["parts"]["redis"]) == (200, False)


def test_without_its_files_the_site_is_not_ready(client, settings, tmp_path):
    wall = tmp_path / "wall"
    wall.write_text("no folder")
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(wall / "media")},
        },
    }

    response = client.get("/health/ready")

    assert (response.status_code, response.json()["parts"]["storage"]) == (503, False)


def test_without_its_bucket_the_site_is_not_ready(client, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": storage_from("s3://KEY:SECRET@127.0.0.1:9/eclore?tls=0"),
    }

    response = client.get("/health/ready")

    assert (response.status_code, response.json()["parts"]["storage"]) == (503, False)


def test_a_scanner_is_a_part_once_there_is_one(client, settings):
    with running() as clamd:
        settings.CLAMD_ADDRESS = clamd.address
        there = client.get("/health/ready")
    settings.CLAMD_ADDRESS = "tcp://127.0.0.1:9"
    away = client.get("/health/ready")

    assert [r.json()["parts"]["scanner"] for r in (there, away)] == [True, False]
    assert away.status_code == 200


def test_live_asks_nobody(client, count_queries):
    assert count_queries(lambda: client.get("/health/live")) == 0
