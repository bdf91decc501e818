from django.urls import path

from grants.dossiers import views

app_name = "dossiers"
urlpatterns = [
    path("", views.list, name="list"),
    path("deposer/<int:call>/", views.begin, name="begin"),
    path("appels/<int:call>/delais/", views.late, name="late"),
    path("<int:pk>/delai/retirer/", views.end_late, name="end_late"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/formulaire-lu/", views.acknowledge_form, name="acknowledge_form"),
    path("<int:pk>/enregistrer/", views.save, name="save"),
    path("<int:pk>/presence/", views.presence, name="presence"),
    path("<int:pk>/sections/<slug:key>/", views.section, name="section"),
    path("<int:pk>/sections/<slug:key>/suivi/", views.care, name="care"),
    path("<int:pk>/pieces/", views.attach, name="attach"),
    path("<int:pk>/pieces/toutes/", views.files, name="files"),
    path("<int:pk>/pieces/<int:document>/apercu/", views.preview, name="preview"),
    path("<int:pk>/pieces/<int:document>/", views.document, name="document"),
    path("<int:pk>/pieces/<int:document>/retirer/", views.remove, name="remove"),
    path("<int:pk>/verifier/", views.check, name="check"),
    path("<int:pk>/accord/demander/", views.ask_sign_off, name="ask_sign_off"),
    path("<int:pk>/accord/donner/", views.sign, name="sign"),
    path("<int:pk>/soumettre/", views.submit, name="submit"),
    path("<int:pk>/reponses/", views.answers, name="answers"),
    path("<int:pk>/reponses/<int:version>/", views.answers, name="answers"),
    path("<int:pk>/depots/<int:version>/pdf/", views.pdf, name="pdf"),
    path("<int:pk>/retirer/", views.withdraw, name="withdraw"),
]
