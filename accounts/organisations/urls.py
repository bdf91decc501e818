from django.urls import path

from accounts.organisations import views

app_name = "organisations"
urlpatterns = [
    path("nouvelle/", views.new, name="new"),
    path("recherche/", views.search, name="search"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/modifier/", views.edit, name="edit"),
]
