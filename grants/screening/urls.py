from django.urls import path

from grants.screening import views

app_name = "screening"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("<int:pk>/", views.dossier, name="dossier"),
    path("<int:pk>/controles/<slug:key>/", views.check, name="check"),
    path("<int:pk>/complements/", views.ask_completion, name="ask_completion"),
    path("<int:pk>/recevable/", views.admit, name="admit"),
    path("<int:pk>/irrecevable/", views.reject, name="reject"),
]
