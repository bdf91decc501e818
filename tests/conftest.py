"""The hostile client: what no page of ours may ever do, checked on every response of every test."""

import re

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from grants.core.prepared import Prepared
from tests.emptying import _tables_are_emptied_by_rows

__all__ = ["_tables_are_emptied_by_rows"]

# A busy machine must not fail a property; the same examples every time.
hypothesis_settings.register_profile("house", deadline=None, derandomize=True)
hypothesis_settings.load_profile("house")

WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
# Reading a page may renew the session and nothing else.
ALLOWED_WRITES = re.compile(r"\bdjango_session\b")
UNRENDERED = re.compile(r"\{\{|\{%")
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")|\son[a-z]+\s*=\s*[\"']|\sstyle\s*=\s*[\"']|<style",
    re.IGNORECASE,
)


@pytest.fixture(scope="session", autouse=True)
def _cache_of_its_own(worker_id):
    """Workers share one Redis: what one of them clears or counts is nothing to the others."""
    django_settings.CACHES["default"]["KEY_PREFIX"] = f"test-{worker_id}"


@pytest.fixture(scope="session", autouse=True)
def _prepared_queries_say_what_the_orm_would():
    """In every test, the text kept is, with its values, the one written on the spot."""
    ask = Prepared.__call__

    def compared(self, *asked):
        rows = ask(self, *asked)
        assert self.text(*asked) == as_the_orm_writes(self.build(*asked))
        return rows

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Prepared, "__call__", compared)
        yield


def as_the_orm_writes(queryset):
    try:
        sql, params = queryset.query.get_compiler(using=queryset.db).as_sql()
    except EmptyResultSet:
        return "", ()
    return sql, tuple(params)


class HostileClient(Client):
    def request(self, **request):
        written = []

        def watch(execute, sql, params, many, context):
            if WRITES.match(sql) and not ALLOWED_WRITES.search(sql):
                written.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(watch):
            response = super().request(**request)
        if request.get("REQUEST_METHOD") in {"GET", "HEAD"}:
            assert not written, f"a GET wrote: {written[0]}"
        look_at(response)
        return response


def look_at(response):
    if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
        return
    page = response.content.decode()
    # What people typed is escaped and may hold anything; our own markup may not.
    assert not UNRENDERED.search(page), "template syntax reached the page"
    found = INLINE.search(page)
    assert not found, f"inline code: {page[max(0, found.start() - 80) : found.end() + 80]}"


@pytest.fixture
def client():
    return HostileClient()


@pytest.fixture
def count_queries(db):
    def count(act):
        with CaptureQueriesContext(connection) as captured:
            act()
        return len(captured)

    return count


@pytest.fixture(autouse=True)
def _language_of_its_own(settings):
    """A page answered in English leaves English on the thread: the next test starts in French."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def _storage_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    settings.STORAGES = {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "media"), "base_url": None},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": str(tmp_path),
        }
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.MAIL_IS_SHOWN_HERE = False
    settings.SECURE_SSL_REDIRECT = False
    settings.WHITENOISE_AUTOREFRESH = True
