"""What every person does all day: press, follow, fill in, sign in, read the mail."""

import re
from io import BytesIO
from time import monotonic, sleep

from allauth.account.models import EmailAddress
from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfReader

from accounts.notifications.models import StoredMail
from tests.factories import PASSWORD

PATIENCE = 60
CODE = re.compile(r"^\s*(\w+(?:-\w+)?)\s*$", re.MULTILINE)
ADDRESS = re.compile(r"https?://\S+")


def press(page, label, *, exact=True):
    page.get_by_role("button", name=label, exact=exact).first.click()


def follow(page, label, *, exact=True):
    page.get_by_role("link", name=label, exact=exact).first.click()


def fill(page, answers):
    """Type under each label; the label may be followed by an asterisk or a hint."""
    for label, text in answers.items():
        labelled(page, label).fill(text)


def labelled(page, label):
    return page.get_by_label(re.compile(rf"^\s*{label}")).first


def told(page, text):
    """The page says this sentence."""
    expect(page.get_by_text(text).first).to_be_visible()


def headed(page, text):
    expect(page.get_by_role("heading", level=1)).to_contain_text(text)


def confirmed(person):
    """Somebody whose account is not new: the address was confirmed long ago."""
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def sign_in(page, person):
    page.goto(reverse("account_login"))
    fill(page, {"Adresse électronique": person.email, "Mot de passe": PASSWORD})
    press(page, "Se connecter")
    expect(page.get_by_text(person.full_name).first).to_be_visible()


def mail_to(window, address, subject):
    """The text of a letter that has really left, read on the page of the outgoing mail."""
    limit = monotonic() + PATIENCE
    while not StoredMail.objects.filter(address=address, subject__icontains=subject).exists():
        assert monotonic() < limit, f"no letter “{subject}” left for {address}"
        sleep(0.02)
    page = window.tab()
    page.goto(reverse("notifications:mails"))
    line = page.get_by_role("listitem").filter(has_text=address).filter(has_text=subject)
    line.first.get_by_role("link").click()
    text = page.locator("main .panel").inner_text()
    page.close()
    return text


def code_in(letter):
    """The code stands alone on its line."""
    return CODE.search(letter).group(1)


def download(page, act):
    """The bytes of the file that `act` makes the browser fetch."""
    with page.expect_download() as caught:
        act()
    return caught.value.path().read_bytes()


def text_of(pdf):
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
