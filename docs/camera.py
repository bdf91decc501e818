"""A browser on a running site: a window per picture, signed in as somebody of the demonstration."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Error, Page, expect

FOLDER = Path(__file__).parent / "pictures"
WIDE, PHONE = 1280, 390
MARGIN = 20

# Settings are read by a child: this script itself needs nothing of Django.
WHO = (
    "import django; django.setup(); import json;"
    "from reviews.demonstration.cast import IDENTITIES, passwords; secret = passwords({seed});"
    "print(json.dumps({{one.role: [one.email, secret[one.role]] for one in IDENTITIES}}))"
)

Steps = Callable[[Page], None]
# What puts back what a picture changed, last first.
UNDO: list[Callable[[], None]] = []


@dataclass(frozen=True)
class Picture:
    """One file: who looks, how they get there, what part of the page is kept."""

    name: str
    role: str
    show: Steps
    height: int = 860
    start: str = ""  # the picture begins a little above this element
    width: int = WIDE


def identities(seed):
    child = subprocess.run(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-c", WHO.format(seed=int(seed))],
        cwd=FOLDER.parents[1],
        env={"DJANGO_SETTINGS_MODULE": "config.settings", **os.environ},
        check=True,
        stdout=subprocess.PIPE,
    )
    return json.loads(child.stdout)


def taken(browser, picture, options, secrets, signed_in):
    """Each picture has a window of its own; who signed in once keeps the session."""
    context = browser.new_context(
        base_url=options.address,
        viewport={"width": picture.width, "height": picture.height},
        locale="fr-FR",
        timezone_id="Europe/Paris",
        color_scheme="light",
        reduced_motion="reduce",
        storage_state=signed_in.get(picture.role),
    )
    context.set_default_timeout(15_000)
    page = context.new_page()
    try:
        if picture.role and picture.role not in signed_in:
            sign_in(page, *secrets[picture.role])
            signed_in[picture.role] = context.storage_state()
        picture.show(page)
        keep(page, picture)
    except (Error, AssertionError) as error:
        sys.stderr.write(f"{picture.name}: {str(error).splitlines()[0]}\n")
        return False
    finally:
        while UNDO:
            UNDO.pop()()
        context.close()
    return True


def sign_in(page, email, password):
    page.goto("/compte/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.locator("main button[type=submit]").click()
    page.wait_for_load_state()
    expect(page.locator("[data-sign-out]")).to_have_count(1)


def keep(page, picture):
    """What a window of this height shows, from the head of the page or from the element named."""
    with suppress(Error):
        page.wait_for_load_state("networkidle", timeout=3_000)
    page.evaluate("document.activeElement?.blur()")
    page.mouse.move(0, 0)
    page.evaluate("scrollTo(0, 0)")
    if picture.start:
        page.locator(picture.start).first.evaluate(
            f"place => scrollTo(0, place.getBoundingClientRect().top + scrollY - {MARGIN})"
        )
    page.screenshot(path=FOLDER / f"{picture.name}.png")
