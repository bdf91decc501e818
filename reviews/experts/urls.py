from django.urls import path

from reviews.experts import table, views

app_name = "experts"
urlpatterns = [
    path("profil/", views.profile, name="profile"),
    path("appels/<int:call_pk>/", views.pool, name="pool"),
    path("appels/<int:call_pk>/inviter/", views.invite, name="invite"),
    path("appels/<int:call_pk>/importer/", table.preview, name="import"),
    path("appels/<int:call_pk>/importer/appliquer/", table.apply, name="apply"),
    path("appels/<int:call_pk>/engagement/", views.undertaking, name="undertaking"),
    path("appels/<int:call_pk>/decliner/", views.decline, name="decline"),
    path("places/<int:pk>/", views.capacity, name="capacity"),
]
