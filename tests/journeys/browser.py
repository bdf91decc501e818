"""A real Chromium in front of the real site: one window per person, no error left unseen."""

import os
import shutil
from contextlib import contextmanager
from time import monotonic, sleep

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from playwright.sync_api import expect, sync_playwright

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
# Waited for nothing but what fails: a machine three times slower must not fail a story.
PATIENCE = 45_000
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FAILED = pytest.StashKey[bool]()
TELL_CSP = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
});
"""


def chromium_path():
    named = os.environ.get("CHROMIUM")
    return named or next((found for name in NAMES if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def chromium():
    path = chromium_path()
    if path is None:
        pytest.skip("no Chromium on this machine")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


class Window:
    """The browser of one person: what goes wrong in it is kept until somebody looks."""

    def __init__(self, browser, site, name, options):
        self.name = name
        self.site = site
        self.troubles = []
        self.is_leaving = False
        self.context = browser.new_context(
            **{
                "base_url": site,
                "locale": "fr-FR",
                "timezone_id": "Europe/Paris",
                "viewport": WIDE,
                "reduced_motion": "reduce",
                **options,
            }
        )
        self.context.set_default_timeout(PATIENCE)
        self.context.add_init_script(TELL_CSP)
        self.page = self.tab()

    def tab(self):
        page = self.context.new_page()
        page.on("console", self.heard)
        page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        page.on("requestfailed", self.lost)
        page.on("response", self.answered)
        return page

    def heard(self, message):
        # The status of the answer itself is judged in `answered`.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.troubles.append(f"console: {message.text}")

    def lost(self, request):
        # Leaving a page gives its requests up; a download ends its navigation.
        if request.failure != "net::ERR_ABORTED" and not self.is_leaving:
            self.troubles.append(f"lost: {request.method} {request.url} {request.failure}")

    def answered(self, response):
        if response.status >= 400:
            request = response.request
            self.troubles.append(f"{response.status}: {request.method} {response.url}")

    @contextmanager
    def expecting(self, *beginnings):
        """Troubles that begin like this belong to the story told inside, and must happen."""
        before = len(self.troubles)
        yield
        new = self.troubles[before:]
        missing = [text for text in beginnings if not any(t.startswith(text) for t in new)]
        assert not missing, f"{self.name} expected {missing}, saw {new}"
        self.troubles[before:] = [t for t in new if not t.startswith(beginnings)]

    @contextmanager
    def forgiving(self, *beginnings):
        """Troubles that begin like this may happen inside, and may not."""
        before = len(self.troubles)
        yield
        kept = [t for t in self.troubles[before:] if not t.startswith(beginnings)]
        self.troubles[before:] = kept

    def sign_in(self, user):
        """Give this window the session of a person, without the form."""
        client = Client()
        client.force_login(user)
        cookie = client.cookies[django_settings.SESSION_COOKIE_NAME]
        self.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": self.site, "httpOnly": True}]
        )
        return self.page

    def picture(self, folder):
        """What this person saw last; pytest tells the folder of a failed test."""
        path = folder / f"{self.name}.png"
        self.page.screenshot(path=path, full_page=True)
        print(f"{self.name} was on {self.page.url}, see {path}")  # noqa: T201

    def close(self):
        """A page that is left saves what was typed: that would meet the emptying of the tables."""
        self.is_leaving = True
        self.context.set_offline(True)
        self.context.close()


@pytest.fixture
def window(request, chromium, live_server, settings, tmp_path):
    """`window("name")` opens the browser of one person; at the end no trouble may be left."""
    settings.EMAIL_BACKEND = "accounts.notifications.outbox.StoredMailBackend"
    settings.MAIL_IS_SHOWN_HERE = True
    settings.SITE_URL = live_server.url
    opened = []

    def open_window(name="somebody", **options):
        opened.append(Window(chromium, live_server.url, name, options))
        return opened[-1]

    yield open_window
    for one in opened:
        if request.node.stash.get(FAILED, False):
            one.picture(tmp_path)
        one.close()
    let_the_site_finish(live_server.in_hand)
    troubles = [f"{one.name}: {trouble}" for one in opened for trouble in one.troubles]
    assert not troubles, "\n".join(troubles)


def let_the_site_finish(in_hand):
    """A request nobody waits for still holds rows; the tables are emptied after this test."""
    limit, quiet = monotonic() + PATIENCE / 1000, 0
    while monotonic() < limit and quiet < QUIET_TIMES:
        with connection.cursor() as cursor:
            cursor.execute(BUSY)
            # One the browser has just sent is in nobody's hand yet.
            quiet = quiet + 1 if not in_hand and cursor.fetchone() == (0,) else 0
        sleep(0.01)


QUIET_TIMES = 3
BUSY = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
"""


def overflow(page):
    """How many pixels the page is wider than its window."""
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
