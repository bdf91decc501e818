from django.urls import path

from accounts.notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("tous-lus/", views.read_all, name="read_all"),
    path("<int:pk>/ouvrir/", views.open_one, name="open"),
    path("courrier/", views.mails, name="mails"),
    path("courrier/<int:pk>/", views.mail, name="mail"),
]
