from django.urls import path

from reviews.feedback import views

app_name = "feedback"
urlpatterns = [
    path("appels/<int:call_pk>/", views.overview, name="overview"),
    path("appels/<int:call_pk>/preparer/", views.prepare, name="prepare"),
    path("<int:pk>/", views.edit, name="edit"),
    path("<int:pk>/champ/", views.save, name="save"),
    path("<int:pk>/brouillon/", views.keep, name="keep"),
    path("<int:pk>/relu/", views.approve, name="approve"),
    path("<int:pk>/reprendre/", views.reopen, name="reopen"),
]
