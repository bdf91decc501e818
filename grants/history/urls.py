from django.urls import path

from grants.history import views

app_name = "history"
urlpatterns = [
    path("", views.seals, name="seals"),
    path("<int:number>/", views.digest, name="digest"),
]
