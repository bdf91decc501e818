from django.urls import path

from reviews.evaluations import views

app_name = "evaluations"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("hors-connexion/", views.offline, name="offline"),
    path("hors-connexion/evaluations.xlsx", views.offline_file, name="offline_file"),
    path("hors-connexion/differences/", views.compare_file, name="compare"),
    path("hors-connexion/enregistrer/", views.accept_cells, name="accept"),
    path("lectures/<int:pk>/interets/", views.declare, name="declare"),
    path("<int:pk>/", views.evaluate, name="evaluate"),
    path("<int:pk>/champ/", views.save, name="save"),
    path("<int:pk>/brouillon/", views.keep, name="keep"),
    path("<int:pk>/temps/", views.time, name="time"),
    path("<int:pk>/ma-grille/", views.own, name="own"),
    path("<int:pk>/remettre/", views.submit, name="submit"),
    path("<int:pk>/rouvrir/", views.reopen, name="reopen"),
    path("<int:pk>/pieces/<int:document_pk>/", views.document, name="document"),
    path("<int:pk>/autres/", views.others, name="others"),
    path("<int:pk>/autres/remarque/", views.remark, name="remark"),
    path("<int:pk>/complement/", views.stale, name="stale"),
    path("appels/<int:call_pk>/a-relire/", views.flags, name="flags"),
    path("appels/<int:call_pk>/questions/", views.grounds, name="grounds"),
    path("<int:pk>/pieces/<int:document_pk>/apercu/", views.preview, name="preview"),
    path("<int:pk>/dossier.pdf", views.paper, name="paper"),
    path("dossiers/<int:pk>/", views.for_dossier, name="for_dossier"),
    path("dossiers/<int:pk>/lecteurs/", views.add_reader, name="add_reader"),
    path("appels/<int:call_pk>/affecter/", views.hand_out, name="hand_out"),
]
