from django.urls import path

from grants.screening import views

app_name = "screening"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("depots-refuses/", views.attempts, name="attempts"),
    path("recevables/", views.admit_many, name="admit_many"),
    path("lot/", views.bulk, name="bulk"),
    path("vues/", views.keep_view, name="keep_view"),
    path("vues/<int:pk>/retirer/", views.drop_view, name="drop_view"),
    path("colonnes/", views.choose_columns, name="choose_columns"),
    path("apercu/", views.choose_pane, name="choose_pane"),
    path("export.csv", views.export_csv, name="export_csv"),
    path("exports/", views.prepare_export, name="prepare_export"),
    path("exports/<int:pk>/", views.export, name="export"),
    path("exports/<int:pk>/fichier/", views.export_file, name="export_file"),
    path("appels/<int:call>/controles/", views.lines, name="lines"),
    path("<int:pk>/", views.dossier, name="dossier"),
    path("<int:pk>/apercu/", views.digest, name="digest"),
    path("<int:pk>/controles/<slug:key>/", views.check, name="check"),
    path("<int:pk>/complements/", views.ask_completion, name="ask_completion"),
    path("<int:pk>/complements/delai/", views.extend_completion, name="extend_completion"),
    path("<int:pk>/reprendre/", views.resume_review, name="resume_review"),
    path("<int:pk>/versions/", views.versions, name="versions"),
    path("<int:pk>/recevable/", views.admit, name="admit"),
    path("<int:pk>/irrecevable/", views.reject, name="reject"),
]
