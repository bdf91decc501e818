from django.urls import path

from grants.resemblance import views

app_name = "resemblance"
urlpatterns = [path("<int:pk>/", views.dossier, name="dossier")]
