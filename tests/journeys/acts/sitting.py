"""Act of the committee: its members convened, then in the room, each screen in step with it."""

from playwright.sync_api import expect

from tests.journeys.acts.hands import download, fill, press, told

MASKED = "Vous vous retirez pour ce dossier"


def convene(page, *, at, quorum, parts, outside):
    """`parts` gives each known person their part; `outside` is the name and address of a member
    nobody knew."""
    name, email = outside
    fill(page, {"Date et heure": at, "Lieu": "Salle 3", "Quorum": str(quorum)})
    for known, part in parts.items():
        page.get_by_label(known, exact=True).select_option(part)
    page.locator("#id_outside_name").fill(name)
    page.locator("#id_outside_email").fill(email)
    page.locator("#id_outside_part").select_option("member")
    press(page, "Convoquer le comité")
    told(page, "Le comité est convoqué")


def arrive(page):
    present = page.get_by_role("button", name="Je suis présent et je m’y engage")
    expect(present).to_be_visible()
    present.click()
    expect(present).to_have_count(0)


def call(page, title):
    row_of(page, title).get_by_role("button", name="Appeler").click()


def row_of(page, title):
    return page.get_by_role("row").filter(has_text=title)


def sees(page, heading):
    expect(page.get_by_role("heading", name=heading)).to_be_visible()


def put_to_vote(page, *, score, note):
    page.get_by_label("Note proposée").fill(score)
    page.get_by_label("Conclusion, qui figure").fill(note)
    press(page, "Mettre aux voix")


def vote(page, choice):
    press(page, choice)
    told(page, "Votre voix est enregistrée.")


def close(page):
    page.locator("summary", has_text="Clore la séance").click()
    page.get_by_role("dialog").get_by_role("button", name="Clore la séance").click()
    told(page, "La séance est close")


def minutes(page):
    """The bytes of the paper as its reader keeps it."""
    link = page.get_by_role("link", name="Télécharger le procès-verbal")
    return download(page, link.click)
