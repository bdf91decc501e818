"""Act one: the manager opens an envelope, prepares a call and publishes it."""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from grants.core.moments import on_day
from grants.programmes.models import Call
from tests.journeys.acts.hands import fill, follow, headed, press, told

TITLE = "Start-up industrie de demain 2027"


def open_envelope(page, programme, *, voted, withdrawn):
    """The year’s credits are voted, then most of them go to another call."""
    follow(page, "Enveloppes")
    follow(page, programme.name)
    fill(page, {"Exercice": str(timezone.localdate().year), "Intitulé": "Crédits d’engagement"})
    press(page, "Ouvrir l’enveloppe")
    change_credits(page, "Ajouter des crédits", voted, "Vote du budget primitif")
    follow(page, "Ajouter ou retirer des crédits")
    change_credits(page, "Retirer des crédits", withdrawn, "Redéployé sur un autre appel")


def change_credits(page, direction, amount, reason):
    headed(page, "Ajouter ou retirer des crédits")
    page.get_by_label(direction).check()
    fill(
        page,
        {
            "Montant": amount,
            "Acte": "délibération 2026/AP-02/14",
            "Date de l’acte": timezone.localdate().isoformat(),
            "Motif": reason,
        },
    )
    press(page, "Inscrire l’acte")
    expect(page.locator("#ecritures")).to_contain_text(reason)


def prepare_call(page):
    follow(page, "Appels")
    follow(page, "Préparer un appel")
    fill(page, dates_of(timezone.now()))
    fill(
        page,
        {
            "Intitulé": TITLE,
            "Code": "SID27",
            "Exercice budgétaire": str(timezone.localdate().year),
            "Évaluations par dossier": "2",
        },
    )
    press(page, "Créer l’appel")
    headed(page, TITLE)


def dates_of(now):
    """What the form asks: instants in Paris time, then days."""
    closes, due = now + timedelta(days=20), now + timedelta(days=40)
    moments = {
        "Ouverture": now - timedelta(hours=2),
        "Clôture": closes,
        "Évaluations attendues": due,
    }
    days = {
        "Comité de sélection": due + timedelta(days=3),
        "Vote attendu": due + timedelta(days=10),
        "Fin de validité": due + timedelta(days=200),
    }
    return {
        **{name: timezone.localtime(at).strftime("%Y-%m-%dT%H:%M") for name, at in moments.items()},
        **{name: on_day(at).isoformat() for name, at in days.items()},
    }


def adjust_criteria(page):
    """One weight moved to another criterion, one sentence written anew: still 100 in all."""
    follow(page, "Modifier les critères")
    told(page, "100 / 100")
    weights = page.get_by_label(re.compile(r"^\s*Poids, sur 100"))
    weights.nth(0).fill("35")
    weights.nth(1).fill("20")
    page.get_by_label(re.compile(r"^\s*Note 5")).nth(0).fill(
        "Rupture démontrée, protégée, vérifiée."
    )
    press(page, "Enregistrer les critères")
    told(page, "C’est juste")
    follow(page, "Revenir à l’appel")


def publish(page):
    press(page, "Reprendre le formulaire et le publier")
    press(page, "Publier l’appel")
    told(page, "L’appel est publié.")
    return Call.objects.get(title=TITLE)


def close_the_doors(call):
    """Weeks pass. No page moves the calendar of a published call, so the database is told that
    the closing was a minute ago; every rule about time then sees a call that is over."""
    Call.objects.filter(pk=call.pk).update(closes_at=timezone.now() - timedelta(minutes=1))


def start_review(page):
    page.reload()
    press(page, "Lancer l’évaluation")
    told(page, "L’évaluation est lancée.")
