from django.urls import path

from grants.correspondence import views

app_name = "correspondence"
urlpatterns = [
    path("<int:pk>/", views.thread, name="thread"),
    path("<int:pk>/ecrire/", views.write, name="write"),
    path("<int:pk>/notes/", views.note, name="note"),
    path("<int:pk>/avis/", views.ask_opinion, name="ask_opinion"),
    path("<int:pk>/avis/<int:opinion>/fermer/", views.revoke, name="revoke"),
    path("avis/<str:token>/", views.opinion, name="opinion"),
    path(
        "avis/<str:token>/pieces/<int:document>/", views.opinion_document, name="opinion_document"
    ),
]
