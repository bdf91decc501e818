from django.urls import path

from reviews.panels import views

app_name = "panels"
urlpatterns = [
    path("<int:call_pk>/", views.ranking, name="ranking"),
    path("<int:call_pk>/arreter/", views.settle, name="settle"),
]
