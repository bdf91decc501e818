"""Act four: experts are invited, sign, declare, score; the solver says who reads what."""

from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from reviews.assignments.models import Assignment
from reviews.evaluations import operations
from reviews.experts import operations as experts
from reviews.experts.models import Expert, Expertise
from tests.factories import PASSWORD
from tests.journeys.acts.hands import (
    ADDRESS,
    code_in,
    fill,
    follow,
    headed,
    labelled,
    mail_to,
    press,
    told,
)


def invite(page, *, email, name, organisation, capacity=12):
    follow(page, "Experts")
    fill(page, {"Adresse électronique": email, "Prénom et nom": name, "Organisme": organisation})
    page.locator("#id_capacity").fill(str(capacity))
    press(page, "Envoyer l’invitation")
    told(page, f"L’invitation part à {email}.")


def choose_password(window, *, email):
    """An invited expert has no password yet: the letter says where to choose one."""
    page = window.page
    letter = mail_to(window, email, "Invitation")
    page.goto(next(link for link in ADDRESS.findall(letter) if "password" in link))
    fill(page, {"Adresse électronique": email})
    press(page, "Recevoir un lien")
    headed(page, "Regardez votre messagerie")
    page.goto(ADDRESS.search(mail_to(window, email, "mot de passe")).group())
    page.get_by_label("Nouveau mot de passe").fill(PASSWORD)
    page.get_by_label("Le même").fill(PASSWORD)
    press(page, "Enregistrer ce mot de passe")
    follow(page, "Se connecter")


def confirm_address(window, person):
    """The first time, the address is confirmed by a code, as for everybody."""
    page = window.page
    fill(page, {"Adresse électronique": person.email, "Mot de passe": PASSWORD})
    press(page, "Se connecter")
    fill(page, {"Code reçu": code_in(mail_to(window, person.email, "code"))})
    press(page, "Confirmer mon adresse")


def sign_undertaking(page, *, themes):
    follow(page, "Lire l’engagement")
    page.get_by_label("J’ai lu cet engagement").check()
    press(page, "Accepter et signer l’engagement")
    told(page, "Votre engagement est signé, votre place acceptée.")
    for theme in themes:
        labelled(page, theme).select_option(index=2)
    press(page, "Enregistrer mon profil")
    told(page, "Votre profil est à jour.")


def join_quietly(call, officer, people, *, themes):
    """Experts invited and signing at the addresses of the pages, without a browser: told in one
    go. `people` gives of each their address, name, house and how many dossiers they take."""
    known = [one for one in call.programme.themes.all() if one.name.startswith(themes)]
    for email, name, house, capacity in people:
        invitation = {
            "email": email, "full_name": name, "organisation": house, "capacity": capacity,
        }  # fmt: skip
        post(officer, reverse("experts:invite", args=[call.pk]), invitation)
        expert = Expert.objects.get(user__email=email)
        post(expert.user, reverse("experts:undertaking", args=[call.pk]), {"agreed": "on"})
        levels = dict.fromkeys(known, Expertise.Level.SOLID)
        experts.describe(expert, actor=expert.user, levels=levels)


def post(person, address, answers):
    """A page that has understood sends one elsewhere."""
    client = Client()
    client.force_login(person)
    assert client.post(address, answers).status_code == 302, address


def hand_out(page):
    follow(page, "Affectation")
    headed(page, "Proposition d’affectation")
    press(page, "Confier ces dossiers")
    told(page, "lectures sont confiées")


def score_everything(page, marks):
    """Go on until the desk has nothing left; `marks` holds the marks of each project."""
    page.goto("/")
    page.goto("/accueil/")
    while page.get_by_role("link", name="Déclarer mes liens, puis évaluer").count():
        follow(page, "Déclarer mes liens, puis évaluer")
        page.get_by_label("Je n’ai pas de lien").check()
        press(page, "Enregistrer ma déclaration")
        title = page.get_by_role("heading", level=1).inner_text()
        score(page, marks[title])


def score(page, marks):
    """By keyboard: the first mark takes the focus, a digit chooses, Tab leads to the comment."""
    grid = page.locator("form[data-grid]")
    expect(grid).to_be_visible()
    page.wait_for_load_state()  # the keys are listened to once its scripts are there
    for line, mark in zip(grid.locator("[data-weight]").all(), marks, strict=True):
        line.locator("input[type=radio]").first.focus()
        page.keyboard.press(str(mark))
        expect(line.locator(f"input[value='{mark}']")).to_be_checked()
        line.get_by_label("Pourquoi cette note").focus()
        page.keyboard.type("Preuves lues dans le dossier.")
    page.get_by_label("Points forts").fill("Essais mesurés, équipe présente.")
    page.get_by_label("Points faibles").fill("Calendrier serré.")
    grid.locator("input[name=confidence]").last.check()
    expect(page.locator("[data-save-strip]")).to_have_attribute("data-state", "saved")
    press(page, "Remettre l’évaluation")
    told(page, "est remise.")


def read_quietly(call, marks):
    """What the experts we do not follow wrote, told in one go; `marks` gives those of a reading."""
    waiting = Assignment.objects.active().filter(dossier__call=call, evaluation__state="draft")
    for assignment in waiting.select_related("dossier", "expert__user"):
        reader = assignment.expert.user
        operations.declare(assignment, kind="none", actor=reader)
        evaluation = assignment.evaluation
        texts = {"strengths": "Essais mesurés.", "weaknesses": "Calendrier.", "confidence": "3"}
        for score, mark in zip(
            evaluation.scores.order_by("criterion__rank"),
            marks(assignment),
            strict=True,
        ):
            texts[f"score-{score.criterion_id}"] = str(mark)
            texts[f"comment-{score.criterion_id}"] = "Preuves lues."
        operations.keep(evaluation, texts, {}, actor=reader)
        operations.submit(evaluation, actor=reader)
