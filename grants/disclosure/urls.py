from django.urls import path

from grants.disclosure import views

app_name = "disclosure"
urlpatterns = [path("<int:dossier_pk>/", views.copy, name="copy")]
