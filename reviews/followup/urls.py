from django.urls import path

from reviews.followup import views

app_name = "followup"
urlpatterns = [
    path("appels/<int:call_pk>/", views.call, name="call"),
    path("appels/<int:call_pk>/direct/", views.live, name="live"),
    path("appels/<int:call_pk>/avis-opposes/", views.apart, name="apart"),
    path("appels/<int:call_pk>/carte/", views.chart, name="chart"),
    path("appels/<int:call_pk>/relancer/", views.remind, name="remind"),
]
