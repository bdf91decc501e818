from django.urls import path

from reviews.conflicts import views

app_name = "conflicts"
urlpatterns = [
    path("appels/<int:call_pk>/", views.links, name="links"),
    path("appels/<int:call_pk>/chercher/", views.look, name="look"),
    path("dossiers/<int:pk>/experts/<int:expert_pk>/", views.signal, name="signal"),
    path("<int:pk>/", views.link, name="link"),
    path("<int:pk>/regler/", views.settle, name="settle"),
]
