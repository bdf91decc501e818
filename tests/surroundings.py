"""What each test stands on: quick settings, a folder without files, a cache without keys.

Changing a setting wakes everything that listens for it, and eight thousand tests want the same:
it is changed once for all of them.
"""

import os
from itertools import count

import pytest
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage
from django.test import override_settings
from django.utils import translation

from reviews.panels.memory import AT_HAND

LOCAL = {
    "STORAGES": {
        "default": {"BACKEND": "tests.surroundings.FolderOfTheTest"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
    "CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    "EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
    "MAIL_IS_SHOWN_HERE": False,
    "SECURE_SSL_REDIRECT": False,
    "WHITENOISE_AUTOREFRESH": True,
}
numbers = count(1)


class FolderOfTheTest(FileSystemStorage):
    """Files of the test that runs; its folder is made when the first one is written."""

    folder = ""

    def __init__(self):
        super().__init__(base_url=None)

    @property
    def base_location(self):
        return self.folder

    @property
    def location(self):
        return self.folder


@pytest.fixture(scope="session", autouse=True)
def _settings_of_all_tests(tmp_path_factory):
    root = str(tmp_path_factory.mktemp("files"))
    FolderOfTheTest.folder = os.path.join(root, "session")  # noqa: PTH118 - once per test
    with override_settings(MEDIA_ROOT=root, **LOCAL):
        yield root


@pytest.fixture(autouse=True)
def _nothing_is_left_from_another(_settings_of_all_tests):
    """A page answered in English leaves English on the thread: each test starts in French."""
    FolderOfTheTest.folder = f"{_settings_of_all_tests}/{next(numbers)}"
    cache.clear()
    AT_HAND.clear()
    with translation.override("fr"):
        yield
