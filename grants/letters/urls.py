from django.urls import path

from grants.letters import views

app_name = "letters"
urlpatterns = [
    path("modeles/", views.templates, name="templates"),
    path("modeles/<int:pk>/<slug:kind>/", views.template, name="template"),
    path("modeles/versions/<int:pk>/", views.version, name="version"),
    path("attributions/<int:pk>/", views.sent, name="sent"),
    path("decisions/<int:pk>/refaire/", views.retry, name="retry"),
    path("<int:pk>/", views.letter, name="letter"),
    path("<int:pk>/ouvrir/", views.open, name="open"),
    path("<int:pk>/lettre.pdf", views.pdf, name="pdf"),
]
