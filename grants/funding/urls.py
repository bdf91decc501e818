from django.urls import path

from grants.funding import views

app_name = "funding"
urlpatterns = [
    path("", views.envelopes, name="envelopes"),
    path("<int:pk>/", views.envelope, name="envelope"),
    path("<int:pk>/dotation/", views.endow, name="endow"),
    path("<int:pk>/sous-enveloppe/", views.part, name="part"),
    path("<int:pk>/report/", views.carry, name="carry"),
    path("engagements/<int:pk>/echeancier/", views.schedule, name="schedule"),
    path("programmes/<int:pk>/financeurs/", views.funders, name="funders"),
    path("programmes/<int:pk>/nouvelle/", views.new, name="new"),
]
