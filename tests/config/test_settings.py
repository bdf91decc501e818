"""Production settings, read in a process of their own: safe unless somebody turns safety off."""

import json
import os
import subprocess
import sys

import pytest

from tests.architecture.sources import ROOT

PRODUCTION = {
    "PATH": os.environ["PATH"],
    "SECRET_KEY": "".join(chr(33 + (7 * n) % 90) for n in range(80)),
    "ALLOWED_HOSTS": "aides.example",
    "SITE_URL": "https://aides.example",
    "DATABASE_URL": "postgres://app:secret@127.0.0.1:9/eclore",
    "REDIS_URL": "redis://127.0.0.1:9/0",
    "EMAIL_URL": "smtp+tls://user:secret@smtp.example:587",
    "STORAGE_URL": "s3://KEY:SECRET@s3.example/eclore",
    "BEHIND_TLS_PROXY": "1",
}
SHOW = """
import json
from django.conf import settings
names = {names!r}
print(json.dumps({{name: getattr(settings, name) for name in names}}, default=str))
"""


def run(*arguments, **environment):
    return subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**PRODUCTION, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def read(*names, **environment):
    code = SHOW.format(names=names)
    shown = run("-c", code, DJANGO_SETTINGS_MODULE="config.settings", **environment)
    assert shown.returncode == 0, shown.stderr
    return json.loads(shown.stdout)


def test_production_passes_the_deployment_checks():
    checked = run("manage.py", "check", "--deploy", "--fail-level", "WARNING")

    assert checked.returncode == 0, checked.stderr


def test_a_debugging_site_does_not_pass_them():
    checked = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", DEBUG="1")

    assert checked.returncode == 1
    assert "security.W018" in checked.stderr


def test_safety_is_the_default():
    found = read(
        "DEBUG", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT",
        "SESSION_COOKIE_NAME", "MAIL_IS_SHOWN_HERE", "EMAIL_USE_TLS", "ALLAUTH_TRUSTED_PROXY_COUNT",
        "SECURE_HSTS_SECONDS",
    )  # fmt: skip

    assert found == {
        "DEBUG": False,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SESSION_COOKIE_NAME": "__Host-session",
        "MAIL_IS_SHOWN_HERE": False,
        "EMAIL_USE_TLS": True,
        "ALLAUTH_TRUSTED_PROXY_COUNT": 1,
        "SECURE_HSTS_SECONDS": 31_536_000,
    }


@pytest.mark.parametrize("missing", ["SECRET_KEY", "DATABASE_URL"])
def test_what_has_no_safe_default_must_be_set(missing):
    environment = {name: value for name, value in PRODUCTION.items() if name != missing}
    started = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert started.returncode != 0
    assert missing in started.stderr


ASK = """
import django
django.setup()
from django.test import Client
for address in ("/health/live", "/health/ready"):
    answer = Client(headers={"host": "aides.example"}).get(address, secure=True)
    print(answer.status_code, answer.content.decode())
"""


def test_without_a_database_the_site_is_alive_and_not_ready(tmp_path):
    asked = run("-c", ASK, DJANGO_SETTINGS_MODULE="config.settings", STORAGE_URL=str(tmp_path))

    assert asked.returncode == 0, asked.stderr
    alive, ready = asked.stdout.splitlines()
    assert alive.startswith("200 ")
    assert ready.startswith("503 ")
    parts = json.loads(ready.split(" ", 1)[1])["parts"]
    assert parts == {"database": False, "redis": False, "storage": True}
