"""The pages of team work: their looks for every eye, and four eyes from one window to the other."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.organisations.models import Membership
from accounts.teams.operations import digest_of, invite
from grants.dossiers.operations import complete, entrust, let_in, save_answer, sign
from grants.programmes.models import Call
from grants.programmes.states import Role
from tests.factories import join, make_staff, make_user
from tests.grants.dossiers.complete import make_ready
from tests.grants.dossiers.signed import digest, make_pair
from tests.journeys.test_accessibility import all_well, at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "Jean-Sébastien Vandenbroucke-Lemercier de Saint-Amans-Soult"


@pytest.fixture
def team():
    """A dossier of four eyes, its owner, its representative, and a team with long names."""
    dossier, claire = make_pair(author=make_user(full_name=LONG))
    for n in range(6):
        join(make_user(full_name=f"{LONG} {n}"), dossier.organisation, "writer")
    for days, email in ((20, "a" * 60 + "@exemple.fr"), (1, "paul@exemple.fr")):
        at_ = timezone.now() - timedelta(days=days)
        invite(dossier.organisation, email=email, role="reader", actor=dossier.author, at=at_)
    return dossier, claire


def open_all(page):
    for summary in page.locator("main details > summary").all():
        summary.click()


def test_team_pages_and_task_list(window, team):
    dossier, _claire = team
    entrust(dossier, "projet", holder=dossier.author, actor=dossier.author)
    complete(dossier, "projet", actor=dossier.author)
    save_answer(dossier, "innovation", "", version=1, actor=dossier.author)
    complete(dossier, "budget", actor=dossier.author)
    company = dossier.organisation_id
    dossier.organisation.invitations.filter(email="paul@exemple.fr").update(
        token_sha256=digest_of("clef")
    )
    page = window("owner").sign_in(dossier.author)

    all_well(
        page,
        [
            at("dossiers:detail", dossier.pk),
            at("dossiers:check", dossier.pk),
            at("dossiers:section", dossier.pk, "projet"),
            at("teams:team", company),
            at("teams:join", "clef"),
            at("organisations:detail", company),
        ],
    )


def test_everything_unfolded_still_fits_a_phone(window, team):
    dossier, _claire = team
    page = window("owner", viewport={"width": 390, "height": 844}).sign_in(dossier.author)

    for address in (
        at("dossiers:detail", dossier.pk),
        at("teams:team", dossier.organisation_id),
    ):
        page.goto(address)
        open_all(page)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 390, address


def test_check_page_in_each_state_of_the_agreement(window, team):
    dossier, claire = team
    author, hers = window("owner").sign_in(dossier.author), window("claire").sign_in(claire)
    address = at("dossiers:check", dossier.pk)
    all_well(author, [address])
    all_well(hers, [address])
    sign(dossier, seen=digest(dossier), actor=claire)
    all_well(author, [address])
    all_well(hers, [address])
    save_answer(dossier, "jobs", "9", version=1, actor=dossier.author)
    all_well(author, [address])


def test_late_access_for_both_sides(window):
    dossier = make_ready()
    Call.objects.filter(pk=dossier.call_id).update(closes_at=timezone.now() - timedelta(hours=1))
    dossier.call.refresh_from_db()
    manager = make_staff(dossier.call.programme, Role.MANAGER)
    let_in(
        dossier, until=timezone.now() + timedelta(days=1), reason="Panne " * 60, actor=manager
    )  # fmt: skip

    page = window("manager").sign_in(manager)
    all_well(page, [at("dossiers:late", dossier.call_id), at("programmes:call", dossier.call_id)])
    all_well(window("author").sign_in(dossier.author), [at("dossiers:detail", dossier.pk)])


def test_four_eyes_from_one_window_to_the_other(window, team):
    dossier, claire = team
    author, hers = window("owner").sign_in(dossier.author), window("claire").sign_in(claire)
    author.goto(at("dossiers:check", dossier.pk))
    expect(author.get_by_role("button", name="Déposer le dossier")).to_have_count(0)
    author.get_by_role("button", name="Demander son accord").click()
    expect(author.get_by_text("La demande est partie")).to_be_visible()

    hers.goto(at("notifications:inbox"))
    hers.get_by_text("votre accord est demandé avant le dépôt").first.click()
    hers.goto(at("dossiers:check", dossier.pk))
    hers.get_by_role("button", name="Donner mon accord").click()
    expect(hers.get_by_text("Votre accord est enregistré")).to_be_visible()
    expect(hers.get_by_role("button", name="Déposer le dossier")).to_have_count(0)

    author.reload()
    author.get_by_role("button", name="Déposer le dossier").click()
    expect(author.get_by_text("Votre dossier est déposé.")).to_be_visible()
    assert Membership.objects.get(user=claire).role == "reader"
    assert dossier.submissions.get().sign_off.signed_by == claire
