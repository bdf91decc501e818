from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from config import health, home

urlpatterns = [
    path("", include("grants.opendata.urls")),
    path("accueil/", home.home, name="home"),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("compte/", include("accounts.people.urls")),
    path("compte/", include("allauth.account.urls")),
    path("langue/", login_not_required(set_language), name="set_language"),
    path("entreprises/", include("accounts.organisations.urls")),
    path("equipes/", include("accounts.teams.urls")),
    path("messages/", include("accounts.notifications.urls")),
    path("appels/", include("grants.programmes.urls")),
    path("formulaires/", include("grants.formbuilder.urls")),
    path("enveloppes/", include("grants.funding.urls")),
    path("dossiers/", include("grants.dossiers.urls")),
    path("suivi/", include("grants.tracking.urls")),
    path("instruction/", include("grants.screening.urls")),
    path("echanges/", include("grants.correspondence.urls")),
    path("ressemblances/", include("grants.resemblance.urls")),
    path("attributions/", include("grants.decisions.urls")),
    path("recours/", include("grants.appeals.urls")),
    path("lettres/", include("grants.letters.urls")),
    path("votes/", include("grants.votes.urls")),
    path("communication/", include("grants.disclosure.urls")),
    path("preuve/", include("grants.history.urls")),
    path("pilotage/", include("grants.cockpit.urls")),
    path("experts/", include("reviews.experts.urls")),
    path("liens/", include("reviews.conflicts.urls")),
    path("affectations/", include("reviews.assignments.urls")),
    path("evaluations/", include("reviews.evaluations.urls")),
    path("phases/", include("reviews.phases.urls")),
    path("pieces-sans-nom/", include("reviews.copies.urls")),
    path("classements/", include("reviews.panels.urls")),
    path("suivi-des-lectures/", include("reviews.followup.urls")),
    path("retours/", include("reviews.feedback.urls")),
    path("dossiers-de-decision/", include("reviews.casefile.urls")),
    path("comites/", include("reviews.committees.urls")),
]
