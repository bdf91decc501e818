from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.handlers.wsgi import WSGIHandler

from tests.journeys.browser import FAILED, chromium, window
from tests.journeys.readable import FOLDER
from tests.journeys.worker import worker

__all__ = ["chromium", "live_server", "window", "worker"]
EARLY = ("long", "browser")


@pytest.fixture(scope="session")
def static_folder():
    """WhiteNoise warns of a folder that is not there, as in a checkout nobody has served yet."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session")
def live_server(static_folder, live_server):
    """The site, which here also gives axe away as one of its files, and tells what it works on."""
    live_server.in_hand = set()
    answer = WSGIHandler.__call__

    def answered(self, environ, start_response):
        request = object()
        live_server.in_hand.add(request)
        try:
            return answer(self, environ, start_response)
        finally:
            live_server.in_hand.remove(request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WSGIHandler, "__call__", answered)
        patch.setattr(settings, "STATICFILES_DIRS", [*settings.STATICFILES_DIRS, FOLDER])
        finders.get_finder.cache_clear()
        yield live_server
    finders.get_finder.cache_clear()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """The longest first, then what plays in a browser: the shortest fill what is left at the end.

    Processes steal from the end of each other's work; who has the first half has it for long.
    """
    items.sort(key=lambda item: [item.get_closest_marker(name) is None for name in EARLY])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """Let fixtures know, when they close, that the test has failed."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report
