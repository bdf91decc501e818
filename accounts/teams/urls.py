from django.urls import path

from accounts.teams import views

app_name = "teams"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("<int:pk>/", views.team, name="team"),
    path("<int:pk>/personnes/<int:membership>/role/", views.change_role, name="change_role"),
    path("<int:pk>/personnes/<int:membership>/qualite/", views.represent, name="represent"),
    path("<int:pk>/personnes/<int:membership>/retirer/", views.remove, name="remove"),
    path("<int:pk>/invitations/<int:invitation>/annuler/", views.revoke, name="revoke"),
    path("rejoindre/<str:token>/", views.join, name="join"),
]
