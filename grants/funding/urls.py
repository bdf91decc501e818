from django.urls import path

from grants.funding import views

app_name = "funding"
urlpatterns = [
    path("", views.envelopes, name="envelopes"),
    path("<int:pk>/", views.envelope, name="envelope"),
    path("<int:pk>/dotation/", views.endow, name="endow"),
    path("programmes/<int:pk>/nouvelle/", views.new, name="new"),
]
