import pytest


@pytest.fixture(autouse=True)
def _sessions_in_memory(settings):
    """A dozen people sign in for each address: not worth a table."""
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cache"
