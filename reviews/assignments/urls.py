from django.urls import path

from reviews.assignments import asking, progress, views

app_name = "assignments"
urlpatterns = [
    path("appels/<int:call_pk>/", views.overview, name="overview"),
    path("appels/<int:call_pk>/proposition/", views.plan, name="plan"),
    path("appels/<int:call_pk>/proposition.json", views.problem, name="problem"),
    path("appels/<int:call_pk>/avancement/", progress.progress, name="progress"),
    path("dossiers/<int:pk>/", views.dossier, name="dossier"),
    path("appels/<int:call_pk>/regles/", asking.rules, name="rules"),
    path("dossiers/<int:pk>/lecteurs/<int:expert_pk>/", asking.change, name="change"),
    path("dossiers/<int:pk>/lecteurs/<int:expert_pk>/souhait/", asking.wish, name="wish"),
    path("souhaits/<int:pk>/lever/", asking.lift, name="lift"),
    path("<int:pk>/retirer/", views.remove, name="remove"),
]
