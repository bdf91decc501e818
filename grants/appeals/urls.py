from django.urls import path

from grants.appeals import views

app_name = "appeals"
urlpatterns = [
    path("", views.list, name="list"),
    path("dossiers/<int:dossier_pk>/nouveau/", views.new, name="new"),
    path("<int:pk>/", views.appeal, name="appeal"),
    path("<int:pk>/rejeter/", views.reject, name="reject"),
    path("<int:pk>/accueillir/", views.grant, name="grant"),
    path("<int:pk>/retirer/", views.withdraw, name="withdraw"),
    path("<int:pk>/preuves.json", views.evidence, name="evidence"),
]
