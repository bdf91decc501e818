from django.urls import path

from reviews.copies import views

app_name = "copies"
urlpatterns = [
    path("appels/<int:call_pk>/", views.call, name="call"),
    path("<int:pk>/", views.copy, name="copy"),
    path("<int:pk>/fichier/", views.file, name="file"),
    path("<int:pk>/decider/", views.rule, name="rule"),
]
