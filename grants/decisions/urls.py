from django.urls import path

from grants.decisions import scenario_views, views

app_name = "decisions"
urlpatterns = [
    path("", views.list, name="list"),
    path("appels/<int:call_pk>/preparer/", views.prepare, name="prepare"),
    path("<int:pk>/", views.studio, name="studio"),
    path("<int:pk>/transmettre/", views.propose, name="propose"),
    path("<int:pk>/controler/", views.check, name="check"),
    path("<int:pk>/renvoyer/", views.send_back, name="send_back"),
    path("<int:pk>/annoncer/", views.announce, name="announce"),
    path("<int:pk>/scenarios/", scenario_views.scenarios, name="scenarios"),
    path("scenarios/<int:pk>/choisir/", scenario_views.choose, name="choose"),
    path("scenarios/<int:pk>/copier/", scenario_views.copy, name="copy"),
    path("lignes/<int:pk>/", views.revise, name="revise"),
    path("dossiers/<int:dossier_pk>/", views.decision, name="decision"),
]
