from django.urls import path

from reviews.panels import views

app_name = "panels"
urlpatterns = [
    path("<int:call_pk>/", views.ranking, name="ranking"),
    path("<int:call_pk>/methodes/", views.methods, name="methods"),
    path("<int:call_pk>/severite/", views.severity, name="severity"),
    path("<int:call_pk>/equite/", views.fairness, name="fairness"),
    path("<int:call_pk>/equite.csv", views.fairness_csv, name="fairness_csv"),
    path("<int:call_pk>/arreter/", views.settle, name="settle"),
]
