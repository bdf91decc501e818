from django.urls import path

from reviews.casefile import views

app_name = "casefile"
urlpatterns = [
    path("<int:dossier_pk>/", views.show, name="show"),
    path("<int:dossier_pk>/recalculer/", views.recompute, name="recompute"),
    path("<int:dossier_pk>/copie/<str:kind>/", views.issue, name="issue"),
]
