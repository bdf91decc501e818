from django.urls import path

from grants.decisions import aid_views, reserve_views, scenario_views, views

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
    path("<int:pk>/reserve/", reserve_views.reserve, name="reserve"),
    path("reserve/<int:pk>/retenir/", reserve_views.accept_offer, name="accept"),
    path("lignes/<int:pk>/desistement/", reserve_views.record_giving_up, name="give_up"),
    path("scenarios/<int:pk>/choisir/", scenario_views.choose, name="choose"),
    path("scenarios/<int:pk>/copier/", scenario_views.copy, name="copy"),
    path("<int:pk>/aides-d-etat/", aid_views.aid, name="aid"),
    path("<int:pk>/aides-d-etat/relire/", aid_views.reassess_all, name="reassess"),
    path("<int:pk>/aides-d-etat/controle/", aid_views.control, name="control"),
    path("lignes/<int:pk>/derogation/", aid_views.ask, name="ask_exception"),
    path("lignes/<int:pk>/derogation/signer/", aid_views.sign, name="sign_exception"),
    path("lignes/<int:pk>/", views.revise, name="revise"),
    path("dossiers/<int:dossier_pk>/", views.decision, name="decision"),
]
