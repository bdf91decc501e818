"""A selection from the invitations of its experts to an order nobody changes any more."""

import re

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from playwright.sync_api import expect

from grants.decisions.models import Ranking
from reviews.committees.models import Ballot
from reviews.evaluations.models import Evaluation
from reviews.evaluations.stale import StaleFlag
from tests.journeys.acts import applying, choosing, preparing, reviewing, screening, sitting
from tests.journeys.acts.hands import follow, headed, mail_to, press, text_of, told
from tests.journeys.selection import BORNE, DOSSIERS, EMPLOYED, EXPERTS, OURS, Selection, marks

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]

READINGS = 3 * DOSSIERS
INGRID, RACHID, PAUL = (email for email, _name, _house in EXPERTS[:3])
FAMILY = "Lien familial ou amical proche"
NOTE = "Le comité relève la note."


@pytest.fixture
def story(transactional_db):
    return Selection()


def test_sixty_dossiers_from_twelve_invitations_to_an_immutable_order(
    window, worker, story, tmp_path
):
    manager, officer = window("Ana"), window("Olga")
    manager.sign_in(story.ana)
    officer.sign_in(story.olga)

    experts_join(window, manager.page, officer.page, story)
    links_are_settled(officer.page)
    choosing.hand_out(officer.page, count=READINGS)
    hidden = one_declares_a_link(window("Ingrid"), officer.page, story)
    everybody_scores(window, story, tmp_path)
    a_completion_makes_marks_stale(window, officer.page, story)
    nobody_freezes(manager.page, story)
    readers_look_again(window("a reader"), story)
    the_order_tells_its_doubts(manager.page, story)
    the_committee_sits(window, manager.page, story, hidden)
    nothing_changes_any_more(manager.page, story)


def experts_join(window, manager, officer, story):
    preparing.close_the_doors(story.call)
    manager.goto(story.page)
    preparing.start_review(manager)
    officer.goto(story.page)
    for email, name, house in EXPERTS[:3]:
        reviewing.invite(officer, email=email, name=name, organisation=house, capacity=20)
    newcomer = window("a newcomer")
    reviewing.choose_password(newcomer, email=INGRID)
    reviewing.confirm_address(newcomer, story.user(INGRID))
    reviewing.sign_undertaking(newcomer.page, themes=["Énergie"])
    two_tell_their_ties(window("two other experts"), story)
    others = [(*one, 20) for one in EXPERTS[3:]]
    reviewing.join_quietly(story.call, story.olga, others, themes=("Énergie", "Santé"))
    assert story.call.seats.usable().count() == len(EXPERTS)


def two_tell_their_ties(desk, story):
    for email, title, kind in ((RACHID, EMPLOYED, "former"), (PAUL, BORNE, "mandate")):
        page = desk.sign_in(story.user(email))
        page.goto(reverse("evaluations:desk"))
        reviewing.sign_undertaking(page, themes=["Énergie", "Santé"])
        choosing.tell_tie(page, name=f"{title} SAS", kind=kind, siren=story.siren_of(title))


def links_are_settled(page):
    page.reload()
    choosing.look_for_links(page)
    expect(page.locator("main tbody tr")).to_have_count(2)
    choosing.settle_link(
        page, "Rachid Amar", outcome="Confirmer", reason="Salarié jusqu’en mars.",
        answer="Le conflit est confirmé : Rachid Amar ne peut pas lire",
    )  # fmt: skip
    choosing.settle_link(
        page, "Paul Told", outcome="Lever", reason="Société homonyme, SIREN mal recopié.",
        answer="Le lien est levé : Paul Told peut recevoir",
    )  # fmt: skip


def one_declares_a_link(desk, officer, story):
    """The reading is taken away at once; the proposal only fills the hole."""
    kept = set(story.call.seats.values_list("expert__assignments__dossier", "expert"))
    page = desk.sign_in(story.user(INGRID))
    page.goto(reverse("evaluations:desk"))
    title = choosing.declare(page, FAMILY)
    expect(page.locator("main")).not_to_contain_text(title)

    choosing.hand_out(officer, count=1)
    after = set(story.call.seats.values_list("expert__assignments__dossier", "expert"))
    assert kept <= after
    for _n in range(2):
        choosing.declare(page, "Je n’ai pas de lien")
        reviewing.score(page, [4, 3])
    return title


def everybody_scores(window, story, folder):
    rachid = story.user(RACHID)
    choosing.declare_quietly(rachid.expert)
    page = window("Rachid").sign_in(rachid)
    page.goto(reverse("evaluations:desk"))
    rows = choosing.take_sheet(page)
    mine = Evaluation.objects.filter(assignment__expert=rachid.expert).select_related("assignment")
    given = {one.pk: marks(one.assignment) for one in mine}
    assert len(rows) == 1 + 5 * len(given)
    choosing.bring_sheet_back(
        page, choosing.fill_sheet(rows, given), cells=8 * len(given) - len(given), folder=folder
    )
    choosing.hand_in_next(page)

    reviewing.read_quietly(story.call, marks)
    handed_in = Evaluation.objects.counted().filter(assignment__dossier__call=story.call)
    assert handed_in.count() == READINGS


def a_completion_makes_marks_stale(window, officer, story):
    officer.goto(reverse("screening:dossier", args=[story.ours.pk]))
    screening.ask_completion(
        officer, section="Impact social et environnemental", question="Quel changement mesurable"
    )
    company = window("Ève")
    page = company.sign_in(story.eve)
    page.goto(story.ours.get_absolute_url())
    applying.complete(page, impact="Soixante tonnes par an, relevées au compteur.")
    applying.check_and_submit(page)
    assert StaleFlag.objects.in_call(story.call).count() == 3

    officer.goto(reverse("evaluations:flags", args=[story.call.pk]))
    told(officer, "3 notes à relire")


def nobody_freezes(page, story):
    page.goto(story.ranking)
    choosing.freeze(page)
    told(page, "3 notes portent sur des réponses complétées depuis")
    assert not Ranking.objects.filter(call=story.call).exists()


def readers_look_again(desk, story):
    """Two keep their mark, having read what changed; one thinks better of it."""
    readers = [one.expert.user for one in story.ours.assignments.active().order_by("pk")]
    for n, reader in enumerate(readers):
        page = desk.sign_in(reader)
        choosing.read_again(page, OURS)
        expect(page.locator("ins")).to_contain_text("relevées au compteur")
        if n:
            choosing.confirm(page)
        else:
            choosing.revise(page, mark=5, because="Le compteur le prouve.")
    outcomes = StaleFlag.objects.order_by("outcome").values_list("outcome", flat=True)
    assert list(outcomes) == ["confirmed", "confirmed", "revised"]


def the_order_tells_its_doubts(page, story):
    page.goto(story.ranking)
    rows = choosing.uncertain_rows(page)
    scores = [score for score, *_rest in rows]
    assert len(rows) == 50
    assert scores == sorted(scores, reverse=True)
    for score, low, high, expected, chance, _zone in rows:
        assert low < score < high
        assert 1 <= expected <= DOSSIERS
        assert 0 <= chance <= 100
    assert {row[-1] for row in rows} == {"accepted", "grey", "rejected"}


def the_committee_sits(window, chair, story, hidden):
    chair.goto(reverse("committees:plan", args=[story.call.pk]))
    sitting.convene(
        chair, at="2027-05-04T14:00", quorum=2,
        parts={"Ana Castan": "chair", "Ingrid Bonnet": "member"},
        outside=("Anne Delmas", "anne@exemple.example"),
    )  # fmt: skip
    session = story.call.sessions.get()
    member, conflicted = window("Anne"), window("Ingrid in session")
    letter = mail_to(member, "anne@exemple.example", "Comité de sélection")
    assert re.search(r"Votre rôle\s: Membre", letter)
    anne = member.sign_in(session.members.get(user__full_name="Anne Delmas").user)
    ingrid = conflicted.sign_in(story.user(INGRID))
    for page in (anne, ingrid):
        page.goto("/accueil/")
        follow(page, "Comités")
        follow(page, str(story.call))

    press(chair, "Ouvrir la séance")
    for page in (chair, anne, ingrid):
        sitting.arrive(page)
    vote_without_her(chair, anne, ingrid, hidden)
    vote_all_three(chair, anne, ingrid)
    sitting.close(chair)
    told(anne, "Le procès-verbal est scellé")
    told_as_it_was(text_of(sitting.minutes(chair)), session)


def vote_without_her(chair, anne, ingrid, hidden):
    sitting.call(chair, hidden)
    sitting.sees(anne, hidden)
    sitting.sees(ingrid, sitting.MASKED)
    assert hidden not in ingrid.content()
    sitting.put_to_vote(chair, score="4,5", note=NOTE)
    sitting.vote(anne, "Contre")
    sitting.vote(chair, "Pour")
    assert ingrid.get_by_role("button", name="Pour", exact=True).count() == 0
    press(chair, "Clore le vote et conclure")
    expect(sitting.row_of(anne, hidden)).to_contain_text("Proposition rejetée")


def vote_all_three(chair, anne, ingrid):
    sitting.call(chair, OURS)
    for page in (anne, ingrid):
        sitting.sees(page, OURS)
    sitting.put_to_vote(chair, score="4,9", note=NOTE)
    for page, choice in ((anne, "Pour"), (ingrid, "Abstention"), (chair, "Pour")):
        sitting.vote(page, choice)
    expect(anne.get_by_text("3 voix sur 3")).to_be_visible()
    press(chair, "Clore le vote et conclure")
    expect(sitting.row_of(ingrid, OURS)).to_contain_text("Note adoptée")


def told_as_it_was(paper, session):
    """Name by name: who sat, who went out, who voted what, and the order of all sixty."""
    paper = " ".join(paper.split())
    for member in session.members.select_related("user"):
        assert f"{member.user} {member.get_part_display()} de" in paper
    for item in session.items.filter(state="settled"):
        assert voices_of(item) in paper
        for one in item.withdrawals.select_related("member__user"):
            assert f"Déport : {one.member.user}, à" in paper
    order = list(session.call.ranking.lines.select_related("dossier__call").order_by("rank"))
    assert len(order) == DOSSIERS
    for line in order:
        assert f"{line.rank} {line.dossier.reference} — {line.dossier.title}" in paper
    session.refresh_from_db()
    assert session.minutes.sha256 in paper
    assert session.call.ranking.content["committee"]["minutes_sha256"] == session.minutes.sha256


def voices_of(item):
    """“Pour (2) : Ana Castan, Anne Delmas — Abstention (1) : …”, from the ballots kept."""
    kept = item.ballots.filter(round=item.round).order_by("member__user__full_name")
    told_of = {choice: [] for choice in Ballot.Choice}
    for ballot in kept.select_related("member__user"):
        told_of[ballot.choice].append(str(ballot.member.user))
    return " — ".join(
        f"{choice.label} ({len(names)}) : {', '.join(names)}"
        for choice, names in told_of.items()
        if names
    )


def nothing_changes_any_more(page, story):
    page.goto(story.ranking)
    told(page, "il ne change plus")
    told(page, Ranking.objects.get(call=story.call).sha256)
    follow(page, "Aller à l’attribution")
    headed(page, "Préparer l’attribution")
    for change in (
        "UPDATE grants_rankline SET rank = rank + 100",
        "DELETE FROM grants_rankline",
        "UPDATE grants_ranking SET sha256 = repeat('0', 64)",
        "DELETE FROM grants_ranking",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
