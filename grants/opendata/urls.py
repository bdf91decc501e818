from django.urls import path

from grants.opendata import views

app_name = "opendata"
urlpatterns = [
    path("", views.public, name="public"),
    path("aides/", views.awards, name="awards"),
    path("aides.csv", views.awards_csv, name="awards_csv"),
    path("suis-je-eligible/", views.eligibility, name="eligibility"),
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("mentions-legales/", views.legal, name="legal"),
]
