from django.urls import path

from reviews.assignments import progress, views

app_name = "assignments"
urlpatterns = [
    path("appels/<int:call_pk>/", views.overview, name="overview"),
    path("appels/<int:call_pk>/proposition/", views.plan, name="plan"),
    path("appels/<int:call_pk>/proposition.json", views.problem, name="problem"),
    path("appels/<int:call_pk>/avancement/", progress.progress, name="progress"),
    path("dossiers/<int:pk>/", views.dossier, name="dossier"),
    path("<int:pk>/retirer/", views.remove, name="remove"),
]
