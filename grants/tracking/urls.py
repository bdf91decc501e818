from django.urls import path

from grants.tracking import views

app_name = "tracking"
urlpatterns = [
    path("<int:pk>/", views.dossier, name="dossier"),
    path("<int:pk>/accuse/<int:version>/", views.receipt, name="receipt"),
    path("<int:pk>/accuse/<int:version>/pdf/", views.receipt_pdf, name="receipt_pdf"),
    path("<int:pk>/accuse/<int:version>/contenu/", views.content, name="content"),
]
